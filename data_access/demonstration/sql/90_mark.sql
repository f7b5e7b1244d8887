-- Marks the file as made up. The portal says so on every page and only then lets the demonstration's people sign in.
CREATE TABLE plumbline_demonstration AS
SELECT
    getvariable('today') AS today,
    'Made-up figures for demonstration; no real person is in them. Real: the data maturity of 2020.' AS what;
