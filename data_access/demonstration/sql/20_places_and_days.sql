-- Essex's twelve districts in the county's four education quadrants, and a calendar of working days.
-- "volume" is a district's share of demand; "timely" is how much better or worse than the county it does.
CREATE TEMP TABLE districts AS
SELECT * FROM (VALUES
    ('E07000066', 'Basildon',      'South',      'S1', 1.30, 1.60,  0.02),
    ('E07000067', 'Braintree',     'Mid',        'M2', 1.05, 0.95, -0.02),
    ('E07000068', 'Brentwood',     'South',      'S2', 0.45, 0.40,  0.09),
    ('E07000069', 'Castle Point',  'South',      'S1', 0.55, 0.60,  0.00),
    ('E07000070', 'Chelmsford',    'Mid',        'M1', 1.10, 0.95,  0.06),
    ('E07000071', 'Colchester',    'North East', 'N1', 1.40, 1.30, -0.04),
    ('E07000072', 'Epping Forest', 'West',       'W1', 0.80, 0.75,  0.04),
    ('E07000073', 'Harlow',        'West',       'W2', 0.80, 0.95,  0.00),
    ('E07000074', 'Maldon',        'Mid',        'M1', 0.40, 0.35,  0.01),
    ('E07000075', 'Rochford',      'South',      'S2', 0.50, 0.40,  0.02),
    ('E07000076', 'Tendring',      'North East', 'N2', 1.35, 1.45, -0.08),
    ('E07000077', 'Uttlesford',    'West',       'W1', 0.55, 0.35,  0.11)
) AS t (district, name, quadrant, team, plans_volume, care_volume, timely);

-- Bank holidays in England, with the jubilee and funeral of 2022 and the coronation of 2023.
CREATE TEMP TABLE bank_holidays AS
SELECT unnest([
    '2019-01-01', '2019-04-19', '2019-04-22', '2019-05-06', '2019-05-27', '2019-08-26', '2019-12-25', '2019-12-26',
    '2020-01-01', '2020-04-10', '2020-04-13', '2020-05-08', '2020-05-25', '2020-08-31', '2020-12-25', '2020-12-28',
    '2021-01-01', '2021-04-02', '2021-04-05', '2021-05-03', '2021-05-31', '2021-08-30', '2021-12-27', '2021-12-28',
    '2022-01-03', '2022-04-15', '2022-04-18', '2022-05-02', '2022-06-02', '2022-06-03', '2022-08-29', '2022-09-19',
    '2022-12-26', '2022-12-27',
    '2023-01-02', '2023-04-07', '2023-04-10', '2023-05-01', '2023-05-08', '2023-05-29', '2023-08-28', '2023-12-25',
    '2023-12-26',
    '2024-01-01', '2024-03-29', '2024-04-01', '2024-05-06', '2024-05-27', '2024-08-26', '2024-12-25', '2024-12-26',
    '2025-01-01', '2025-04-18', '2025-04-21', '2025-05-05', '2025-05-26', '2025-08-25', '2025-12-25', '2025-12-26',
    '2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28',
    '2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28'
])::DATE AS day;

-- nth: how many working days there have been up to and including this day. The working days from one
-- day to another are the difference of the two, so the day after receipt is working day 1.
-- worked: the last working day up to and including this day.
CREATE TEMP TABLE days AS
SELECT
    day, working,
    sum(working::INTEGER) OVER (ORDER BY day)::INTEGER AS nth,
    coalesce(max(CASE WHEN working THEN day END) OVER (ORDER BY day), day) AS worked
FROM (
    SELECT
        d::DATE AS day,
        isodow(d) < 6 AND d::DATE NOT IN (SELECT day FROM bank_holidays) AS working
    FROM range(DATE '2019-01-01', DATE '2028-01-01', INTERVAL 1 DAY) AS r (d)
);

-- Each working day by its number, to go the other way.
CREATE TEMP TABLE working_days AS
SELECT nth, day FROM days WHERE working;

-- The months in which records can start, those before April 2021 being a run-up that is cut off again:
-- without it nothing would be issued or completed in the first months. t = months since April 2021.
CREATE TEMP TABLE months AS
SELECT
    m::DATE AS month,
    date_diff('month', DATE '2021-04-01', m::DATE) AS t,
    month(m) AS month_of_year,
    day(last_day(m::DATE)) AS length
FROM range(DATE '2019-04-01', getvariable('today') + INTERVAL 1 DAY, INTERVAL 1 MONTH) AS r (m);
