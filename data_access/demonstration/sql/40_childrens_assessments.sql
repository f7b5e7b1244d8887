-- WORK 11
-- One record a referral to children's social care, with the assessment that followed it, if one did.
-- Children come back: of 100 referrals 35 are followed by another of the same child, most within a year.
CREATE TEMP TABLE first_referrals AS
WITH sizes AS (
    SELECT
        m.month, m.length, d.district, d.quadrant, d.timely,
        39.0 * d.care_volume * (1 + greatest(m.t, 0) / 66.0 * 0.12)
            * [1.02, 1.00, 1.12, 0.94, 1.06, 1.10, 1.04, 0.72, 1.04, 1.08, 1.10, 0.80][m.month_of_year] AS expected
    FROM months AS m CROSS JOIN districts AS d
), numbered AS (
    SELECT s.*, row_number() OVER (ORDER BY s.month, s.district, i) AS child
    FROM sizes AS s, range(made_whole('referrals', s.month || s.district, s.expected)) AS r (i)
)
SELECT
    child, district, quadrant, timely,
    (month + between_whole('referral day', child, 0, length - 1))::DATE AS referred_on
FROM numbered;

CREATE TEMP TABLE referrals AS
WITH RECURSIVE chain AS (
    SELECT child, 1 AS nth, district, quadrant, timely, referred_on FROM first_referrals
    UNION ALL
    SELECT
        child, nth + 1, district, quadrant, timely,
        referred_on + 12 + floor(640 * pow(chance('comes back after', child || '/' || nth), 1.35))::INTEGER
    FROM chain
    WHERE nth < 6
        AND chance('comes back', child || '/' || nth) < 0.40 - 0.000024 * date_diff('day', DATE '2019-04-01', referred_on)
)
SELECT
    *,
    row_number() OVER (ORDER BY referred_on, child, nth) AS n,
    lag(referred_on) OVER (PARTITION BY child ORDER BY nth) AS previous_referred_on
FROM chain
WHERE referred_on <= getvariable('today');

-- The assessment, in working days from the referral: the share within 45 dips in 2023 and recovers.
CREATE TEMP TABLE assessments AS
WITH likely AS (
    SELECT
        *,
        chance('assessed', n) < 0.76 AS assessed,
        timely * 0.5 + CASE
            WHEN referred_on < DATE '2023-01-01' THEN 0.845
            WHEN referred_on < DATE '2024-01-01' THEN 0.800
            ELSE line(date_diff('day', DATE '2024-01-01', referred_on), 0, 0.810, 1000, 0.850)
        END AS p
    FROM referrals
), timed AS (
    SELECT
        *,
        CASE
            WHEN chance('in 45 days', n) < p THEN 45 - floor(38 * pow(chance('assessed early', n), 1.6))::INTEGER
            ELSE 46 + floor(44 * pow(chance('assessed late', n), 2.0))::INTEGER
        END AS takes,
        between_whole('starts after', n, 0, 3) AS starts_after
    FROM likely
)
SELECT timed.*, s.day AS starts_on, e.day AS completes_on
FROM timed
JOIN days AS r ON r.day = timed.referred_on
LEFT JOIN working_days AS s ON s.nth = r.nth + timed.starts_after
LEFT JOIN working_days AS e ON e.nth = r.nth + timed.takes;

CREATE TABLE childrens_assessments AS
WITH seen AS (
    SELECT
        *,
        greatest(referred_on, starts_on) AS start_day,
        assessed AND greatest(referred_on, starts_on) <= getvariable('today') AS started,
        assessed AND completes_on <= getvariable('today') AS completed
    FROM assessments
)
SELECT
    'REF' || lpad(n::VARCHAR, 6, '0') AS referral_id,
    child_number(500000000, child) AS child_id,
    referred_on,
    previous_referred_on,
    CASE WHEN assessed THEN 'assessment' ELSE ['no_action', 'early_help'][between_whole('else', n, 1, 2)] END AS outcome,
    CASE WHEN started THEN start_day END AS started_on,
    CASE WHEN completed THEN completes_on END AS completed_on,
    CASE WHEN completed THEN takes END AS working_days,
    care_need(n) AS primary_need,
    CASE WHEN completed THEN between_whole('factors', n, 0, 5) END AS factors,
    district,
    quadrant,
    upper(left(replace(quadrant, 'North East', 'NE'), 2)) || '-A' || between_whole('care team', n, 1, 3) AS team,
    at_work(
        CASE WHEN completed THEN completes_on WHEN started THEN start_day ELSE referred_on END, 'care recorded', n
    ) AS recorded_at
FROM seen
WHERE referred_on >= DATE '2021-04-01' OR (completed AND completes_on >= DATE '2021-04-01')
ORDER BY n;
