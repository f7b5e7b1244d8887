-- WORK 8
-- One record for everybody who works for the council at the end of each month, as the payroll system's extract lists
-- them. First the posts, each held by one person after another; then who held them, month by month.
CREATE TEMP TABLE posts AS
SELECT
    i AS post,
    i >= 7720 AS agency,
    -- A post's place in the queue: those up to the month's level are filled.
    CASE WHEN i >= 7720 THEN i - 7720 ELSE i END AS rank,
    [
        'CFE', 'CFE', 'CFE', 'CFE', 'CFE', 'CFE', 'CFE', 'ASC', 'ASC', 'ASC', 'ASC', 'PLC', 'PLC', 'PLC', 'ENV', 'ENV',
        'COR', 'COR', 'COR', 'COR'
    ][CASE WHEN i >= 7720 THEN between_whole('agency post', i, 2, 18) ELSE between_whole('post', i, 1, 20) END]
        AS directorate
FROM range(8500) AS r (i);

-- People stay seven years on average, agency workers nine months. Months count from April 2021, as everywhere.
CREATE TEMP TABLE employees AS
WITH RECURSIVE held AS (
    SELECT
        post, agency, rank, directorate, 1 AS nth,
        -12 - floor(60 * chance('first came', post))::INTEGER AS came,
        -12 + floor(CASE WHEN agency THEN 12 ELSE 110 END * chance('first left', post))::INTEGER AS leaves
    FROM posts
    UNION ALL
    SELECT
        post, agency, rank, directorate, nth + 1,
        leaves + between_whole('vacant', post || '/' || nth, 0, CASE WHEN agency THEN 1 ELSE 4 END),
        leaves + 4 + floor(
            CASE WHEN agency THEN -6 ELSE -80 END * ln(1.0 - chance('stays', post || '/' || nth))
        )::INTEGER + CASE WHEN agency THEN 1 ELSE 4 END
    FROM held
    WHERE leaves <= 80
), numbered AS (
    SELECT *, row_number() OVER (ORDER BY came, post, nth) AS n FROM held WHERE leaves > came
)
SELECT
    *,
    'E' || lpad(n::VARCHAR, 6, '0') AS employee_id,
    CASE
        WHEN agency THEN 'agency'
        WHEN chance('fixed term', n) < 0.08 THEN 'fixed_term'
        ELSE 'permanent'
    END AS contract_type,
    CASE
        WHEN agency OR chance('full time', n) < 0.62 THEN 1.0
        ELSE [0.4, 0.5, 0.5, 0.6, 0.6, 0.7, 0.8, 0.8, 0.9][between_whole('hours', n, 1, 9)]
    END::DECIMAL(3, 2) AS fte,
    -- Agency workers have no grade.
    CASE WHEN NOT agency THEN
        ['G1', 'G2', 'G2', 'G3', 'G3', 'G3', 'G4', 'G4', 'G5', 'G6'][between_whole('grade', n, 1, 10)]
    END AS grade,
    (DATE '2021-04-01' + to_months(came))::DATE + between_whole('first day', n, 0, 27) AS started_on
FROM numbered;

-- Everybody in every month, up to today. The numbers of agency workers rise until 2023 and are brought down since.
CREATE TEMP TABLE employed AS
SELECT e.*, m.month, m.t
FROM months AS m
JOIN employees AS e ON m.t >= e.came AND m.t < e.leaves
WHERE m.t >= -12 AND e.rank < CASE
    WHEN NOT e.agency THEN line(m.t, 0, 7450, 66, 7720)
    WHEN m.t < 26 THEN line(m.t, 0, 520, 26, 690)
    ELSE line(m.t, 26, 690, 66, 440)
END;

-- STORY 7. The workforce extract is late.
-- The payroll system's extract is taken on the last day of each month and delivered within ten days. The one for
-- 31 August 2026 was the last that came: the interface failed when the payroll system was upgraded in September.
-- Nothing is wrong with the records that are there; they are old, and the contract's latency says so.
CREATE TABLE workforce AS
SELECT
    employee_id,
    last_day(month) AS snapshot_on,
    directorate,
    contract_type,
    fte,
    grade,
    started_on,
    last_day(month) + TIME '19:30:00' AS recorded_at
FROM employed
WHERE t >= 0 AND month <= DATE '2026-08-01' AND last_day(month) + 10 <= getvariable('today')
    AND started_on <= last_day(month)
ORDER BY month, n;
