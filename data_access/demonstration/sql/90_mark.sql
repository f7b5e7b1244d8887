-- Marks the file as made up. The portal says so on every page and only then lets the demonstration's people sign in.
CREATE TABLE plumbline_demonstration AS
SELECT
    getvariable('today') AS today,
    'Made-up figures for demonstration; no real child, family or request is in them.' AS what;
