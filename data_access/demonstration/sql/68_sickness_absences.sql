-- WORK 16
-- One record a spell of sickness absence of an employee (agency workers are not in it), from the absence system, which
-- has its own feed: it is up to date where the workforce extract is not. Winters and front-line services have more.
CREATE TEMP TABLE spells AS
WITH starts AS (
    SELECT
        employee_id, directorate, fte, started_on AS employed_from, month, t, employee_id || '/' || t AS n
    FROM employed
    WHERE NOT agency AND chance('falls ill', employee_id || '/' || t) < 0.138
        * [1.28, 1.14, 1.06, 0.94, 0.90, 0.86, 0.80, 0.78, 0.98, 1.10, 1.12, 1.16][month(month)]
        * CASE directorate WHEN 'ASC' THEN 1.22 WHEN 'ENV' THEN 1.12 WHEN 'COR' THEN 0.78 ELSE 0.98 END
), lasting AS (
    -- Eight of ten are over within a week; about one in fourteen lasts four weeks or more, rather more than in 2021.
    SELECT
        *,
        (month + between_whole('ill on', n, 0, 27))::DATE AS fell_ill_on,
        CASE
            WHEN chance('how ill', n) < 0.81 THEN 1 + floor(7 * pow(chance('ill for', n), 1.7))::INTEGER
            WHEN chance('how ill', n) < line(t, 0, 0.938, 66, 0.922) THEN 8 + floor(20 * chance('ill for', n))::INTEGER
            ELSE 28 + floor(200 * pow(chance('ill for', n), 2.2))::INTEGER
        END AS lasts
    FROM starts
), apart AS (
    -- Nobody falls ill while they are ill.
    SELECT
        l.*, d.worked AS started_on, d.worked + l.lasts - 1 AS last_day_on,
        max(d.worked + l.lasts - 1) OVER (
            PARTITION BY employee_id ORDER BY l.fell_ill_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS ill_until
    FROM lasting AS l JOIN days AS d ON d.day = l.fell_ill_on
)
SELECT *, row_number() OVER (ORDER BY started_on, employee_id) AS spell, chance('why ill', n) AS why
FROM apart
WHERE started_on BETWEEN employed_from AND getvariable('today') AND (ill_until IS NULL OR started_on > ill_until);

CREATE TABLE sickness_absences AS
WITH ended AS (
    SELECT
        *,
        CASE WHEN last_day_on <= getvariable('today') THEN last_day_on END AS ended_on,
        chance('interview', spell) AS talk,
        line(t, 0, 0.790, 66, 0.872) + CASE directorate WHEN 'CFE' THEN -0.03 WHEN 'COR' THEN 0.04 ELSE 0 END AS likely
    FROM spells
), counted AS (
    SELECT
        e.*,
        due.day AS due_on,
        over.nth AS over_nth,
        lost.nth - from_day.nth + 1 AS working_days_lost,
        -- Held on time, late, or never.
        CASE
            WHEN e.ended_on IS NULL THEN NULL
            WHEN talk < likely THEN over.nth + between_whole('talk soon', spell, 1, 5)
            WHEN talk < 0.96 THEN over.nth + between_whole('talk late', spell, 6, 20)
        END AS talk_nth
    FROM ended AS e
    JOIN days AS from_day ON from_day.day = e.started_on
    JOIN days AS lost ON lost.day = coalesce(e.ended_on, getvariable('today'))
    LEFT JOIN days AS over ON over.day = e.ended_on
    LEFT JOIN working_days AS due ON due.nth = over.nth + 5
)
SELECT
    'SA' || lpad(c.spell::VARCHAR, 6, '0') AS absence_id,
    c.employee_id,
    c.started_on,
    c.ended_on,
    c.working_days_lost,
    ['cold_flu', 'stomach', 'stress', 'muscles', 'surgery', 'headache', 'chest', 'other', 'not_given'][
        1 + list_count(list_filter(
            CASE
                WHEN c.lasts < 8 THEN [0.340, 0.560, 0.610, 0.690, 0.710, 0.820, 0.880, 0.970]
                ELSE [0.060, 0.090, 0.440, 0.640, 0.790, 0.800, 0.850, 0.970]
            END,
            lambda upto: CASE WHEN c.why >= upto THEN TRUE END
        ))
    ] AS reason,
    c.due_on AS interview_due_on,
    CASE WHEN held.day <= getvariable('today') THEN held.day END AS interview_on,
    CASE WHEN held.day <= getvariable('today') THEN c.talk_nth - c.over_nth END AS interview_working_days,
    c.directorate,
    c.fte,
    at_work(
        greatest(
            c.started_on,
            CASE WHEN c.ended_on IS NULL THEN c.started_on ELSE closed.worked END,
            CASE WHEN held.day <= getvariable('today') THEN held.day ELSE c.started_on END
        ), 'absence recorded', c.spell
    ) AS recorded_at
FROM counted AS c
LEFT JOIN working_days AS held ON held.nth = c.talk_nth
LEFT JOIN days AS closed ON closed.day = c.ended_on
WHERE c.started_on >= DATE '2021-04-01' OR c.ended_on >= DATE '2021-04-01' OR c.due_on >= DATE '2021-04-01'
ORDER BY c.spell;

-- Ordinary wear: a few interviews dated before the end of the absence, when the form was filled in on the telephone.
UPDATE sickness_absences
SET interview_on = greatest(started_on, ended_on - 2), interview_working_days = 0
WHERE interview_on IS NOT NULL AND ended_on > started_on AND chance('by telephone', absence_id) < 0.004;
