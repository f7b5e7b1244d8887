-- WORK 20
-- One record a call that reached a queue of the contact centre, as the telephone switch keeps it. Open on working
-- days. Calls fall by a quarter as more is done online; answering collapses in the winter of 2022/23, when a third of
-- the advisers had left, and recovers slowly.
CREATE TEMP TABLE call_queues AS
SELECT * FROM (VALUES
    ('adult_care',   0.235, -0.020, 410, [1.04, 1.02, 1.02, 0.98, 0.98, 0.97, 0.98, 0.96, 1.00, 1.02, 1.02, 1.00]),
    ('blue_badge',   0.130, -0.050, 300, [1.08, 1.06, 1.08, 1.04, 1.02, 1.00, 0.98, 0.92, 0.98, 0.98, 0.96, 0.86]),
    ('families',     0.125,  0.030, 460, [1.02, 1.02, 1.06, 0.96, 1.02, 1.04, 1.00, 0.78, 1.04, 1.06, 1.06, 0.88]),
    ('general',      0.105,  0.020, 180, [1.02, 1.00, 1.02, 1.00, 1.00, 0.98, 0.98, 0.94, 1.02, 1.02, 1.00, 0.94]),
    ('highways',     0.150,  0.000, 250, [1.28, 1.30, 1.20, 1.00, 0.90, 0.84, 0.84, 0.82, 0.88, 0.96, 1.06, 1.04]),
    ('recycling',    0.055,  0.040, 200, [0.92, 0.86, 1.02, 1.22, 1.20, 1.12, 1.10, 1.06, 0.96, 0.88, 0.80, 0.84]),
    ('registration', 0.095,  0.040, 330, [1.14, 1.06, 1.04, 1.00, 0.98, 0.96, 0.96, 0.92, 0.96, 1.00, 1.00, 0.98]),
    ('schools',      0.105, -0.010, 270, [1.02, 0.86, 1.10, 1.36, 0.98, 0.94, 1.00, 0.94, 1.42, 0.98, 0.74, 0.60])
) AS t (queue, volume, quick, seconds, season);

CREATE TEMP TABLE call_slots AS
WITH open_days AS (
    SELECT
        day, isodow(day) AS weekday,
        date_diff('month', DATE '2021-04-01', day) + day(day) / 31.0 AS t
    FROM days WHERE working AND day BETWEEN DATE '2021-04-01' AND getvariable('today')
), expected AS (
    SELECT
        d.*, q.queue, q.seconds,
        975 * q.volume * (1 - d.t / 67.0 * 0.26) * [1.22, 1.04, 0.97, 0.95, 0.82][d.weekday]
            * q.season[month(d.day)] * (1 + wobble('calls of a day', d.day, 0.06)) AS expected,
        q.quick + CASE WHEN d.weekday = 1 THEN -0.030 ELSE 0.0075 END
            + wobble('calls of a month', date_trunc('month', d.day)::DATE || q.queue, 0.02)
            + wobble('answering on a day', d.day, 0.03) + CASE
                WHEN d.t < 12 THEN line(d.t, 0, 0.800, 12, 0.770)
                WHEN d.t < 20 THEN line(d.t, 12, 0.770, 20, 0.660)
                WHEN d.t < 34 THEN line(d.t, 20, 0.660, 34, 0.740)
                WHEN d.t < 54 THEN line(d.t, 34, 0.740, 54, 0.800)
                ELSE line(d.t, 54, 0.800, 67, 0.825)
            END AS quickly
    FROM open_days AS d CROSS JOIN call_queues AS q
), whole AS (
    SELECT *, made_whole('calls', day || queue, expected) AS calls FROM expected
)
SELECT
    day, queue, seconds, quickly, calls,
    greatest(0.015, 0.056 + (0.820 - quickly) * 0.40) AS given_up,
    CASE WHEN day >= DATE '2023-09-01' THEN 0.025 ELSE 0 END AS rung_back,  -- calling back is offered since then
    sum(calls) OVER (ORDER BY day, queue) - calls AS before
FROM whole ORDER BY day, queue;

-- Every call by itself first: only then can the engine's threads share the work of the next step.
CREATE TEMP TABLE calls_offered AS
SELECT
    unnest(range(before::BIGINT + 1, (before + calls)::BIGINT + 1)) AS n,
    day, queue, seconds, quickly, quickly + given_up AS then_given_up, quickly + given_up + rung_back AS then_rung_back
FROM call_slots;

-- STORY 8. Two days of calls lost.
-- On 13 and 14 October 2026 the switch was moved to new servers. It went on numbering calls and stamping when each
-- came in, but what became of them was written to a disk that nobody copied over: outcome, wait and handling of both
-- days are blank and will stay so. As recorded, October looks worse at answering and better at keeping callers.
CREATE TABLE contact_calls AS
WITH drawn AS (
    SELECT *, draw('call', n) AS d, day IN (DATE '2026-10-13', DATE '2026-10-14') AS lost FROM calls_offered
), ended AS (
    SELECT
        n, queue, day, lost, d, seconds,
        CASE
            WHEN piece(d, 0) < quickly THEN 'quick'
            WHEN piece(d, 0) < then_given_up THEN 'abandoned'
            WHEN piece(d, 0) < then_rung_back THEN 'called_back'
            ELSE 'slow'
        END AS fate
    FROM drawn
), timed AS (
    SELECT
        *,
        day::TIMESTAMP + to_seconds(31500 + floor(29700 * pow(piece(d, 1), 1.15))::BIGINT) AS started_at,
        CASE fate
            WHEN 'quick' THEN floor(60.9 * pow(piece(d, 2), 1.5))
            WHEN 'abandoned' THEN 5 + floor(600 * pow(piece(d, 2), 2))
            WHEN 'called_back' THEN 61 + floor(600 * pow(piece(d, 2), 2))
            ELSE 61 + floor(1500 * pow(piece(d, 2), 3))
        END::INTEGER AS waits,
        CASE WHEN fate IN ('quick', 'slow') THEN 25 + floor(seconds * (0.3 + 1.4 * piece(d, 3))) END::INTEGER AS handles
    FROM ended
)
SELECT
    n AS call_id,
    queue,
    started_at,
    CASE WHEN NOT lost THEN CASE WHEN fate IN ('quick', 'slow') THEN 'answered' ELSE fate END END AS outcome,
    CASE WHEN NOT lost THEN waits END AS wait_seconds,
    CASE WHEN NOT lost THEN handles END AS handled_seconds,
    started_at + to_seconds(CASE WHEN lost THEN 0 ELSE waits + coalesce(handles, 0) END) AS recorded_at
FROM timed;
