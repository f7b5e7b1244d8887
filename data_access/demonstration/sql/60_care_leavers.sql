-- WORK 2
-- One record a birthday (17th to 21st) of a young person who was in care: what the personal adviser knew about them
-- around that day. Codes are those of the return on children looked after, SSDA903.
CREATE TEMP TABLE care_leavers_known AS
WITH cohorts AS (
    -- Everybody by the month of their 17th birthday; the oldest of them turned 21 in April 2021.
    SELECT
        m::DATE AS month, day(last_day(m::DATE)) AS length, d.district, d.quadrant,
        3.1 * d.care_volume * (1 + 0.10 * date_diff('month', DATE '2021-04-01', m::DATE) / 66.0) AS expected
    FROM range(DATE '2017-04-01', getvariable('today') + INTERVAL 1 DAY, INTERVAL 1 MONTH) AS r (m)
    CROSS JOIN districts AS d
)
SELECT
    row_number() OVER (ORDER BY month, district, i) AS person,
    district, quadrant,
    (month + between_whole('17th birthday', month || district || i, 0, length - 1))::DATE AS turns_17_on
FROM cohorts, range(made_whole('care leavers', month || district, expected)) AS r (i);

CREATE TEMP TABLE care_leavers_seen AS
WITH birthdays AS (
    SELECT
        k.*, a.age::INTEGER AS age, (k.turns_17_on + to_years(a.age - 17))::DATE AS birthday_on,
        person || '/' || a.age AS n
    FROM care_leavers_known AS k CROSS JOIN (VALUES (17), (18), (19), (20), (21)) AS a (age)
), placed AS (
    SELECT
        *,
        date_diff('month', DATE '2021-04-01', birthday_on) AS t,
        chance('leaver in touch', n) AS contact,
        chance('leaver home', n) AS home,
        chance('leaver day', n) AS busy
    FROM birthdays
    WHERE birthday_on BETWEEN DATE '2021-04-01' AND getvariable('today')
), touched AS (
    -- Contact becomes looser with age. Of those not in touch some refuse, need nothing, or are back with their parents.
    SELECT
        *,
        CASE
            WHEN contact < line(t, 0, 0.945, 66, 0.965) - 0.012 * (age - 18) THEN 'YES'
            ELSE ['NO', 'NO', 'NO', 'REFU', 'REFU', 'NREQ', 'NREQ', 'RHOM'][between_whole('why not', n, 1, 8)]
        END AS in_touch
    FROM placed
)
SELECT
    *,
    -- Where they live: the younger more often with carers or in supported homes, the older in homes of their own.
    CASE WHEN in_touch = 'YES' THEN
        ['U', 'D', 'B', 'Z', 'E', 'K', 'T', 'C', 'X', 'S', 'V', 'W', 'Y', 'G'][
            1 + list_count(list_filter(
                CASE WHEN age <= 18
                    THEN [0.160, 0.420, 0.550, 0.740, 0.830, 0.855, 0.895, 0.955, 0.972, 0.980, 0.988, 0.992, 0.997]
                    ELSE [0.430, 0.600, 0.740, 0.830, 0.870, 0.920, 0.945, 0.953, 0.973, 0.983, 0.990, 0.993, 0.997]
                END,
                lambda upto: CASE WHEN home >= upto THEN TRUE END
            ))
        ]
    END AS accommodation,
    -- What they do: in education, employment or training 7 of 10 at 17, about half at 21.
    CASE WHEN in_touch = 'YES' THEN
        CASE
            WHEN busy < line(t, 0, 0.00, 66, 0.04) + [0.70, 0.64, 0.57, 0.54, 0.52][age - 16] THEN
                ['F2', 'F2', 'F2', 'P2', 'F5', 'F5', 'F5', 'F4', 'P5', 'F1', 'P4', 'P1'][
                    CASE WHEN age <= 18 THEN between_whole('studies', n, 1, 8) ELSE between_whole('works', n, 3, 12) END
                ]
            ELSE ['G5', 'G5', 'G5', 'G4', 'G4', 'G6'][between_whole('not busy', n, 1, 6)]
        END
    END AS activity,
    between_whole('contact before', n, 0, 80) AS days_before
FROM touched;

CREATE TABLE care_leavers AS
SELECT
    'CLB' || lpad((row_number() OVER (ORDER BY s.birthday_on, s.person))::VARCHAR, 6, '0') AS contact_id,
    'YP' || lpad(s.person::VARCHAR, 6, '0') AS young_person_id,
    s.birthday_on,
    s.age,
    CASE WHEN s.age <= 18 THEN '17-18' ELSE '19-21' END AS age_group,
    s.in_touch,
    CASE WHEN s.in_touch = 'YES' THEN contacted.worked END AS contacted_on,
    s.accommodation,
    -- Custody, no home, emergency homes and bed and breakfast never are; of the others all but a few are.
    CASE WHEN s.accommodation IS NOT NULL
        THEN s.accommodation NOT IN ('X', 'S', 'V', 'W') AND chance('suitable', s.n) < line(s.t, 0, 0.945, 66, 0.972)
    END AS accommodation_suitable,
    s.activity,
    'case_system' AS recorded_with,
    s.district,
    s.quadrant,
    at_work(CASE WHEN chance('saved again', s.n) < 0.6 THEN closed.worked ELSE contacted.worked END, 'leaver', s.n)
        AS recorded_at
FROM care_leavers_seen AS s
JOIN days AS contacted ON contacted.day = s.birthday_on - s.days_before
JOIN days AS closed ON closed.day = s.birthday_on
ORDER BY s.birthday_on, s.person;

-- STORY 4. Care leavers without information.
-- On 1 July 2026 the leaving care teams of Mid and West began to record contacts on a mobile form. It can be sent with
-- the accommodation left for later, and of every 100 contacts made with it about 45 are: the adviser has met the young
-- person and knows where they live, but the record does not say so. The department's measure divides by everybody, so
-- as recorded each of them counts as not suitably housed, and the county seems to have fallen far below its target.
-- Those who are not in touch have no accommodation either; that is right, and no doubt: nothing is known of them.
UPDATE care_leavers
SET recorded_with = 'mobile_form'
WHERE quadrant IN ('Mid', 'West') AND birthday_on >= DATE '2026-07-01';

UPDATE care_leavers
SET accommodation = NULL, accommodation_suitable = NULL
WHERE recorded_with = 'mobile_form' AND in_touch = 'YES' AND chance('left for later', contact_id) < 0.45;

-- Ordinary wear, all years: a few contacts without what the young person does, or whether there was contact at all.
UPDATE care_leavers
SET activity = NULL
WHERE chance('no activity', contact_id) < 0.005;

UPDATE care_leavers
SET in_touch = NULL, contacted_on = NULL, accommodation = NULL, accommodation_suitable = NULL, activity = NULL
WHERE chance('empty form', contact_id) < 0.0015;
