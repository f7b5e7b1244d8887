-- STORY 3. Freedom of information requests are perfectly clean: stamped by the system at receipt and at answer, never
-- typed. Every check passes for every record, so every figure is certain. One record a request.
CREATE TEMP TABLE foi_numbered AS
WITH sizes AS (
    SELECT
        month, t, length,
        88 * (1 + greatest(t, 0) / 66.0 * 0.35)
            * [1.14, 1.06, 1.12, 0.94, 1.02, 1.00, 1.02, 0.90, 0.98, 1.08, 1.04, 0.70][month_of_year] AS expected
    FROM months
    WHERE month >= DATE '2021-02-01'
)
SELECT
    row_number() OVER (ORDER BY month, i) AS n,
    t,
    (month + between_whole('foi day', row_number() OVER (ORDER BY month, i), 0, length - 1))::DATE AS received_on
FROM sizes, range(made_whole('foi', month, expected)) AS r (i);

CREATE TEMP TABLE foi_answers AS
WITH placed AS (
    SELECT
        *,
        ['CFE', 'CFE', 'CFE', 'ASC', 'ASC', 'PLC', 'PLC', 'PLC', 'ENV', 'COR', 'COR'][between_whole('foi place', n, 1, 11)]
            AS directorate,
        CASE
            WHEN t < 14 THEN line(t, -3, 0.90, 14, 0.87)
            WHEN t < 40 THEN line(t, 14, 0.87, 40, 0.95)
            ELSE line(t, 40, 0.95, 67, 0.965)
        END AS p
    FROM foi_numbered
), taken AS (
    SELECT
        *,
        p - CASE directorate WHEN 'CFE' THEN 0.02 WHEN 'COR' THEN -0.02 ELSE 0 END AS likely
    FROM placed
)
SELECT
    taken.*,
    CASE
        WHEN chance('foi in time', n) < likely THEN 20 - floor(18 * pow(chance('foi early', n), 1.3))::INTEGER
        ELSE 21 + floor(40 * pow(chance('foi late', n), 2.0))::INTEGER
    END AS takes,
    d.nth
FROM taken JOIN days AS d ON d.day = taken.received_on;

CREATE TABLE foi_requests AS
WITH answered AS (
    SELECT
        f.*, due.day AS due_on, a.day AS answers_on, a.day <= getvariable('today') AS done,
        chance('exempt', f.n) < 0.18 AS withheld
    FROM foi_answers AS f
    JOIN working_days AS due ON due.nth = f.nth + 20
    JOIN working_days AS a ON a.nth = f.nth + f.takes
)
SELECT
    'FOI' || lpad(n::VARCHAR, 5, '0') AS request_id,
    received_on,
    due_on,
    CASE WHEN done THEN answers_on END AS answered_on,
    CASE WHEN done THEN takes END AS working_days,
    directorate,
    CASE directorate
        WHEN 'CFE' THEN ['send', 'schools', 'childrens_care', 'transport'][between_whole('subject', n, 1, 4)]
        WHEN 'ASC' THEN ['adult_care', 'spending', 'adult_care'][between_whole('subject', n, 1, 3)]
        WHEN 'PLC' THEN ['highways', 'highways', 'planning', 'transport'][between_whole('subject', n, 1, 4)]
        WHEN 'ENV' THEN ['waste', 'libraries', 'planning'][between_whole('subject', n, 1, 3)]
        ELSE ['staffing', 'spending', 'technology'][between_whole('subject', n, 1, 3)]
    END AS subject,
    done AND withheld AS exempt,
    CASE WHEN done AND withheld THEN ['s12', 's21', 's40', 's43'][between_whole('section', n, 1, 4)] END AS exemption,
    at_work(CASE WHEN done THEN answers_on ELSE received_on END, 'foi recorded', n) AS recorded_at
FROM answered
-- From February 2021 on so that the requests due in April 2021 are all there.
WHERE due_on >= DATE '2021-04-01' AND received_on <= getvariable('today')
ORDER BY n;
