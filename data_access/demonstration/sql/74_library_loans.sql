-- WORK 12
-- One record a loan: from twelve libraries, one a district, from the two mobile libraries, and of e-books, audiobooks
-- and newspapers to the members of the twelve. Lending recovers after the pandemic; a growing share of it is digital.
-- "digital" is how much more or less than the county a library's members borrow online.
CREATE TEMP TABLE libraries AS
SELECT * FROM (VALUES
    ('BAS', ['E07000066'], 1.10, -0.03), ('BRA', ['E07000067'], 0.95,  0.00), ('BRE', ['E07000068'], 0.75,  0.04),
    ('CHE', ['E07000070'], 1.60,  0.05), ('CLA', ['E07000076'], 0.95, -0.07), ('COL', ['E07000071'], 1.50,  0.02),
    ('HAD', ['E07000069'], 0.60, -0.04), ('HAR', ['E07000073'], 0.80, -0.04), ('LOU', ['E07000072'], 0.90,  0.03),
    ('MAL', ['E07000074'], 0.55,  0.01), ('RAY', ['E07000075'], 0.70,  0.00), ('SAF', ['E07000077'], 0.65,  0.06),
    ('MON', ['E07000067', 'E07000071', 'E07000076', 'E07000077'], 0.22, NULL),
    ('MOS', ['E07000066', 'E07000068', 'E07000070', 'E07000074', 'E07000075'], 0.24, NULL)
) AS t (library, districts, volume, digital);

CREATE TEMP TABLE loan_slots AS
WITH sizes AS (
    SELECT
        m.month, m.length, l.*,
        800 * l.volume * [1.03, 0.96, 1.02, 0.97, 0.97, 0.98, 1.12, 1.18, 1.00, 1.02, 0.97, 0.80][m.month_of_year]
            * (1 + wobble('loans of a month', m.month || l.library, 0.05)) * CASE
                WHEN m.t < 15 THEN line(m.t, 0, 0.55, 15, 0.88)
                ELSE line(m.t, 15, 0.88, 67, 1.08)
            END AS expected,
        l.digital + line(m.t, 0, 0.27, 67, 0.43) AS online
    FROM months AS m CROSS JOIN libraries AS l
    WHERE m.month >= DATE '2021-04-01'
), whole AS (
    SELECT *, made_whole('loans', month || library, expected) AS loans FROM sizes
)
SELECT
    *,
    floor(2600 * volume)::BIGINT AS borrowers,
    dense_rank() OVER (ORDER BY library) AS place,
    sum(loans) OVER (ORDER BY month, library) - loans AS before
FROM whole ORDER BY month, library;

CREATE TEMP TABLE loans_made AS
SELECT
    unnest(range(before::BIGINT + 1, (before + loans)::BIGINT + 1)) AS n,
    month, length, library, districts, online, borrowers, place
FROM loan_slots;

-- STORY 10. Loans without a district.
-- A mobile library stops in several districts, so the driver's handset records where each loan was made. Since
-- 1 September 2026 the southern mobile library uses a new handset whose list of stops was never loaded: its loans have
-- no district. The county's figure needs none and is certain; every district's is not.
CREATE TABLE library_loans AS
WITH drawn AS (
    SELECT *, draw('loan', n) AS d FROM loans_made
), made AS (
    SELECT
        n, library, districts, borrowers, place, d,
        coalesce(piece(d, 0) < online, FALSE) AS digital,
        month + floor(length * piece(d, 1))::INTEGER AS day
    FROM drawn
), dated AS (
    -- Closed on Sundays: what was lent then is lent on the day before, or after it on the first of a month.
    SELECT
        *,
        CASE
            WHEN digital OR isodow(day) < 7 THEN day
            WHEN day(day) > 1 THEN day - 1
            ELSE day + 1
        END AS loaned_on
    FROM made
)
SELECT
    n AS loan_id,
    'L' || lpad((place * 100000 + floor(borrowers * pow(piece(d, 2), 1.8)))::BIGINT::VARCHAR, 7, '0') AS borrower,
    library,
    CASE
        WHEN library = 'MOS' AND loaned_on >= DATE '2026-09-01' THEN NULL
        ELSE districts[1 + (day(loaned_on) + place) % len(districts)]
    END AS district,
    CASE WHEN digital THEN 'digital' ELSE 'physical' END AS form,
    CASE
        WHEN digital THEN CASE
            WHEN piece(d, 3) < 0.46 THEN 'adult_fiction'
            WHEN piece(d, 3) < 0.56 THEN 'adult_other'
            WHEN piece(d, 3) < 0.63 THEN 'childrens'
            WHEN piece(d, 3) < 0.86 THEN 'audiobook'
            ELSE 'press'
        END
        WHEN piece(d, 3) < 0.36 THEN 'adult_fiction'
        WHEN piece(d, 3) < 0.50 THEN 'adult_other'
        WHEN piece(d, 3) < 0.96 THEN 'childrens'
        ELSE 'audiobook'
    END AS item_kind,
    loaned_on
FROM dated
WHERE loaned_on <= getvariable('today');
