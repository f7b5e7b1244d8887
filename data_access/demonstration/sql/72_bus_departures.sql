-- WORK 25
-- One record a departure in the timetable at a timing point, for a sample of 24 routes at two timing points each.
-- The operators and their routes do not exist. Sundays' timetable runs on bank holidays, none on Christmas Day.
-- Traffic comes back after the pandemic and punctuality falls with it; bus lanes and new timetables win some of it
-- back. "punctual" is how much better or worse than the county an operator does.
CREATE TEMP TABLE bus_operators AS
SELECT * FROM (VALUES
    ('BLA',  0.020, 0.05), ('COL',  0.005, 0.04), ('EST', -0.010, 0.06),
    ('FOR',  0.010, 0.05), ('HEA',  0.035, 0.12), ('MAR', -0.030, 0.07)
) AS t (operator, punctual, untracked);

CREATE TEMP TABLE bus_routes AS
SELECT * FROM (VALUES
    ('1',   'EST', 22, 'Basildon bus station',    'E07000066', 'Pitsea Broadway',          'E07000066'),
    ('2',   'EST', 18, 'Laindon station',         'E07000066', 'Basildon Hospital',        'E07000066'),
    ('9',   'EST', 14, 'Brentwood High Street',   'E07000068', 'Shenfield station',        'E07000068'),
    ('11',  'BLA', 14, 'Chelmsford bus station',  'E07000070', 'Maldon High Street',       'E07000074'),
    ('12',  'BLA', 20, 'Chelmsford bus station',  'E07000070', 'Broomfield Hospital',      'E07000070'),
    ('14',  'BLA', 11, 'Heybridge',               'E07000074', 'Maldon High Street',       'E07000074'),
    ('17',  'BLA', 13, 'Braintree bus station',   'E07000067', 'Witham station',           'E07000067'),
    ('20',  'COL', 22, 'Colchester bus station',  'E07000071', 'Colchester Hospital',      'E07000071'),
    ('21',  'COL', 18, 'Colchester bus station',  'E07000071', 'University of Essex',      'E07000071'),
    ('24',  'COL', 13, 'Colchester bus station',  'E07000071', 'Braintree bus station',    'E07000067'),
    ('25',  'COL', 11, 'Halstead High Street',    'E07000067', 'Braintree bus station',    'E07000067'),
    ('31',  'FOR', 16, 'Harlow bus station',      'E07000073', 'Epping station',           'E07000072'),
    ('32',  'FOR', 18, 'Harlow bus station',      'E07000073', 'Harlow Town station',      'E07000073'),
    ('33',  'FOR', 13, 'Loughton station',        'E07000072', 'Waltham Abbey',            'E07000072'),
    ('36',  'FOR', 11, 'Chipping Ongar',          'E07000072', 'Brentwood High Street',    'E07000068'),
    ('41',  'HEA',  9, 'Saffron Walden',          'E07000077', 'Audley End station',       'E07000077'),
    ('42',  'HEA',  9, 'Great Dunmow',            'E07000077', 'Stansted Airport',         'E07000077'),
    ('43',  'HEA',  8, 'Saffron Walden',          'E07000077', 'Great Dunmow',             'E07000077'),
    ('51',  'MAR', 20, 'Clacton Pier Avenue',     'E07000076', 'Clacton Hospital',         'E07000076'),
    ('52',  'MAR', 14, 'Harwich bus station',     'E07000076', 'Manningtree station',      'E07000076'),
    ('53',  'MAR', 14, 'Clacton Pier Avenue',     'E07000076', 'Colchester bus station',   'E07000071'),
    ('61',  'MAR', 18, 'Rayleigh station',        'E07000075', 'Hockley station',          'E07000075'),
    ('62',  'MAR', 16, 'Canvey Knightswick',      'E07000069', 'Benfleet station',         'E07000069'),
    ('64',  'MAR', 13, 'Hadleigh Church',         'E07000069', 'Rayleigh station',         'E07000075')
) AS t (route, operator, departures, stop_1, district_1, stop_2, district_2);

-- A timetable for each day: how many departures, from when on (in minutes) and how far apart.
CREATE TEMP TABLE bus_timetables AS
WITH stops AS (
    SELECT route, operator, departures, 1 AS nth, stop_1 AS timing_point, district_1 AS district FROM bus_routes
    UNION ALL
    SELECT route, operator, departures, 2, stop_2, district_2 FROM bus_routes
), service AS (
    SELECT
        day,
        date_diff('month', DATE '2021-04-01', day) + day(day) / 31.0 AS t,
        CASE WHEN working THEN 1.0 WHEN isodow(day) = 6 AND day NOT IN (FROM bank_holidays) THEN 0.85 ELSE 0.40 END
            * CASE WHEN day < DATE '2021-09-01' THEN 0.85 WHEN day < DATE '2024-09-01' THEN 0.95 ELSE 1.0 END AS level
    FROM days
    WHERE day BETWEEN DATE '2021-04-01' AND getvariable('today') AND NOT (month(day) = 12 AND day(day) = 25)
), planned AS (
    SELECT
        s.*, d.day, d.level,
        greatest(1, round(s.departures * d.level))::BIGINT AS planned,
        o.untracked,
        o.punctual + [0, 0, 0.005, 0.010, 0.010, 0, 0, 0.025, -0.015, -0.015, -0.030, -0.025][month(d.day)]
            + wobble('buses of a day', d.day, 0.03)
            + wobble('a route in a month', date_trunc('month', d.day)::DATE || s.route, 0.02) + CASE
                WHEN d.t < 10 THEN line(d.t, 0, 0.895, 10, 0.860)
                WHEN d.t < 30 THEN line(d.t, 10, 0.860, 30, 0.800)
                WHEN d.t < 50 THEN line(d.t, 30, 0.800, 50, 0.835)
                ELSE line(d.t, 50, 0.835, 67, 0.850)
            END AS punctual
    FROM stops AS s JOIN bus_operators AS o USING (operator) CROSS JOIN service AS d
)
SELECT
    *,
    360 + (route::INTEGER * 7 + nth * 4) % 30 AS first_minute,
    sum(planned) OVER (ORDER BY day, route, nth) - planned AS before
FROM planned ORDER BY day, route, nth;

-- Every departure by itself first: only then can the engine's threads share the work of the next step.
CREATE TEMP TABLE departures_planned AS
SELECT
    unnest(range(before::BIGINT + 1, (before + planned)::BIGINT + 1)) AS n,
    before, planned, day, operator, route, timing_point, district, untracked, punctual, first_minute
FROM bus_timetables;

-- STORY 9. An operator's bus feed three weeks late.
-- What is scheduled is known from the timetable; what was observed comes from each operator every night. Marshland
-- Buses changed its supplier of vehicle tracking and has sent nothing since 10 October 2026: for three weeks all its
-- departures are there and none of its delays. About one bus in 15 has no tracker anyway: there a blank is right.
-- And ordinary wear: trackers that jump. A handful of delays each month are of many hours.
CREATE TABLE bus_departures AS
WITH drawn AS (
    SELECT
        *,
        draw('departure', n) AS d,
        (first_minute + (n - before - 1) * 960 // planned)::BIGINT AS minute,
        operator = 'MAR' AND day >= DATE '2026-10-10' AS late
    FROM departures_planned
), driven AS (
    SELECT
        *,
        punctual + CASE WHEN minute BETWEEN 435 AND 555 OR minute BETWEEN 915 AND 1095 THEN -0.050 ELSE 0.020 END AS p
    FROM drawn
)
SELECT
    n AS departure_id,
    operator,
    route,
    timing_point,
    district,
    day AS scheduled_on,
    day::TIMESTAMP + to_minutes(minute) AS scheduled_at,
    CASE WHEN NOT late THEN day END AS feed_received_on,
    CASE
        WHEN late OR piece(d, 1) < untracked THEN NULL
        WHEN piece(d, 2) < 0.0002 THEN 36000 + floor(50000 * piece(d, 3))
        WHEN piece(d, 0) < p THEN floor(420 * piece(d, 3)) - 60
        WHEN piece(d, 2) < 0.12 THEN -61 - floor(180 * pow(piece(d, 3), 2))
        ELSE 360 + floor(1500 * pow(piece(d, 3), 2.5))
    END::INTEGER AS delay_seconds
FROM driven;
