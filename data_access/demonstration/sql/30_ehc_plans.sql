-- WORK 5
-- One record a request for an education, health and care needs assessment, followed to its end.
-- Demand grows by three quarters in five and a half years, dips in August and December and peaks
-- before and after the summer. Timeliness falls as educational psychologists leave, and recovers.
CREATE TEMP TABLE plans_requested AS
WITH sizes AS (
    SELECT
        m.month, m.t, m.length, d.*,
        19.5 * d.plans_volume * (1 + greatest(m.t, 0) / 66.0 * 0.75)
            * [0.96, 1.10, 1.22, 0.94, 1.10, 1.14, 1.12, 0.56, 0.92, 1.08, 1.12, 0.74][m.month_of_year] AS expected
    FROM months AS m CROSS JOIN districts AS d
    WHERE m.month >= DATE '2020-03-01'
), numbered AS (
    SELECT
        s.*,
        row_number() OVER (ORDER BY s.month, s.district, i) AS n
    FROM sizes AS s, range(made_whole('plans', s.month || s.district, s.expected)) AS r (i)
)
SELECT
    n, t, district, quadrant, timely,
    (month + between_whole('request day', n, 0, length - 1))::DATE AS requested_on,
    chance('request outcome', n) AS fate,
    chance('exception', n) < 0.07 AS exceptional
FROM numbered;

-- How likely a plan is to be on time, by the month of its request: the story of the trend.
CREATE TEMP TABLE plans_truth AS
WITH likely AS (
    SELECT
        *,
        timely - CASE WHEN exceptional THEN 0.35 ELSE 0 END + CASE
            WHEN t < 12 THEN line(t, -12, 0.60, 12, 0.60)
            WHEN t < 30 THEN line(t, 12, 0.60, 30, 0.43)
            WHEN t < 42 THEN line(t, 30, 0.43, 42, 0.50)
            ELSE line(t, 42, 0.50, 64, 0.64)
        END AS p
    FROM plans_requested
), timed AS (
    SELECT
        *,
        CASE
            WHEN chance('on time', n) < p THEN 140 - floor(36 * pow(chance('how early', n), 2.2))::INTEGER
            ELSE 141 + floor(190 * pow(chance('how late', n), 2.0))::INTEGER
        END AS days_to_issue,
        CASE
            WHEN chance('six weeks', n) < 0.93 THEN between_whole('decision', n, 24, 42)
            ELSE between_whole('late decision', n, 43, 63)
        END AS days_to_decide
    FROM likely
)
SELECT
    timed.* EXCLUDE (requested_on),
    -- People ask, decide and issue on working days: the last one up to the day that chance gave.
    requested.worked AS requested_on,
    decided.worked AS assessment_decision_on,
    planned.worked AS plan_decision_on,
    issued.worked AS issued_on,
    -- Of 100 requests 22 are refused, 3 withdrawn, 6 assessed without a plan; the rest end in a plan.
    CASE
        WHEN fate < 0.22 THEN 'refused'
        WHEN fate < 0.25 THEN 'withdrawn'
        WHEN fate < 0.31 THEN 'no_plan'
        ELSE 'issued'
    END AS ends
FROM timed
JOIN days AS requested ON requested.day = timed.requested_on
JOIN days AS decided ON decided.day = timed.requested_on + timed.days_to_decide
JOIN days AS planned
    ON planned.day = timed.requested_on + timed.days_to_issue - between_whole('plan decision', timed.n, 14, 38)
JOIN days AS issued ON issued.day = timed.requested_on + timed.days_to_issue
WHERE timed.requested_on <= getvariable('today');

-- What the case system shows today: nothing that has not happened yet.
CREATE TEMP TABLE plans_today AS
SELECT
    *,
    CASE
        WHEN ends = 'withdrawn' AND requested_on + 30 <= getvariable('today') THEN 'withdrawn'
        WHEN assessment_decision_on > getvariable('today') THEN 'requested'
        WHEN ends = 'refused' THEN 'refused'
        WHEN plan_decision_on > getvariable('today') THEN 'assessing'
        WHEN ends = 'no_plan' THEN 'no_plan'
        WHEN issued_on > getvariable('today') THEN 'drafting'
        ELSE 'issued'
    END AS status
FROM plans_truth;

CREATE TABLE ehc_plans AS
WITH dated AS (
    SELECT
        *,
        CASE status
            WHEN 'requested' THEN requested_on
            WHEN 'withdrawn' THEN requested_on + 30
            WHEN 'refused' THEN assessment_decision_on
            WHEN 'assessing' THEN assessment_decision_on
            WHEN 'issued' THEN least(issued_on + between_whole('status lag', n, 0, 4), getvariable('today'))
            ELSE plan_decision_on
        END AS status_on
    FROM plans_today
)
SELECT
    'EHC' || lpad(n::VARCHAR, 6, '0') AS plan_id,
    child_number(0, n) AS child_id,
    requested_on,
    CASE WHEN status NOT IN ('requested', 'withdrawn') THEN assessment_decision_on END AS assessment_decision_on,
    CASE WHEN status IN ('no_plan', 'drafting', 'issued') THEN plan_decision_on END AS plan_decision_on,
    -- Prepared for the contract: the first day on which the plan can have been issued.
    CASE WHEN status IN ('drafting', 'issued') THEN plan_decision_on END AS not_issued_before,
    CASE WHEN status = 'issued' THEN issued_on END AS issued_on,
    status,
    status_on,
    status IN ('assessing', 'drafting', 'issued') AND exceptional AS exception,
    CASE
        WHEN status IN ('assessing', 'drafting', 'issued') AND exceptional
            THEN ['absence', 'appointment', 'school_closed', 'personal'][between_whole('reason', n, 1, 4)]
    END AS exception_reason,
    primary_need(n, status) AS primary_need,
    between_whole('year group', n, 0, 3) + between_whole('older', n, -1, 9) AS year_group,
    district,
    quadrant,
    upper(left(replace(quadrant, 'North East', 'NE'), 2)) || between_whole('send team', n, 1, 2) AS team,
    'previous' AS system,
    at_work(status_on, 'plan recorded', n) AS recorded_at
FROM dated
-- The run-up: kept only when something is counted from April 2021 on.
WHERE requested_on >= DATE '2021-04-01' OR (status = 'issued' AND issued_on >= DATE '2021-04-01')
    OR (status <> 'issued' AND status_on >= DATE '2021-04-01')
ORDER BY n;
