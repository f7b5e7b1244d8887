-- One record a district and month: the return of its waste contractor, due on the 20th of the following month. The line
-- is made when the month has ended, so that a return that does not come is a line without tonnes and not a gap.
-- The contractors do not exist. "share" is what a district reuses, recycles and composts of its household waste.
CREATE TEMP TABLE waste_districts AS
SELECT * FROM (VALUES
    ('E07000066', 'OAK', 6050, 0.470), ('E07000067', 'OWN', 5150, 0.502), ('E07000068', 'BRO', 2600, 0.508),
    ('E07000069', 'OAK', 2850, 0.496), ('E07000070', 'OWN', 5900, 0.532), ('E07000071', 'OWN', 6000, 0.540),
    ('E07000072', 'BRO', 4350, 0.566), ('E07000073', 'OAK', 2850, 0.435), ('E07000074', 'BRO', 2300, 0.570),
    ('E07000075', 'OAK', 2900, 0.595), ('E07000076', 'SAL', 5050, 0.415), ('E07000077', 'SAL', 3100, 0.535)
) AS t (district, contractor, tonnes, share);

-- STORY 11. A supplier's monthly waste file missing.
-- Oakline Environmental serves four districts. Its file for September 2026, due on 20 October, has not come:
-- four districts' tonnes are blank, and nobody can say how many districts recycled half of their waste.
CREATE TABLE household_waste AS
WITH weighed AS (
    SELECT
        m.month, d.district, d.contractor, m.month || d.district AS drawn_for,
        round(
            d.tonnes * [0.96, 0.86, 1.00, 1.06, 1.10, 1.08, 1.04, 1.04, 1.02, 0.98, 0.94, 0.92][m.month_of_year]
                * (1 - m.t * 0.0006) * (1 + wobble('waste', m.month || d.district, 0.03)), 1
        )::DECIMAL(9, 1) AS household,
        d.share + m.t * 0.0002 + wobble('recycled', m.month || d.district, 0.012)
            + [-0.045, -0.040, -0.010, 0.020, 0.032, 0.030, 0.022, 0.020, 0.014, 0.006, -0.010, -0.040][m.month_of_year]
            AS share,
        (m.month + INTERVAL 1 MONTH)::DATE AS month_after
    FROM months AS m CROSS JOIN waste_districts AS d
    WHERE m.month >= DATE '2021-04-01' AND m.month + INTERVAL 1 MONTH <= getvariable('today')
), split AS (
    SELECT
        *,
        -- Five returns in a hundred come a few days late.
        month_after + CASE
            WHEN chance('return late', drawn_for) < 0.05 THEN between_whole('return', drawn_for, 20, 26)
            ELSE between_whole('return', drawn_for, 7, 18)
        END AS arrives_on,
        month_after + 19 AS due_on,
        round(household * share * 0.022, 1)::DECIMAL(9, 1) AS reused,
        round(household * share * 0.545, 1)::DECIMAL(9, 1) AS recycled,
        round(household * share * 0.433, 1)::DECIMAL(9, 1) AS composted
    FROM weighed
), seen AS (
    SELECT
        *,
        arrives_on <= getvariable('today')
            AND NOT (contractor = 'OAK' AND month = DATE '2026-09-01') AS received
    FROM split
)
SELECT
    strftime(month, '%Y-%m') || '-' || district AS return_id,
    month AS returned_for,
    district,
    contractor,
    due_on,
    CASE WHEN received THEN arrives_on END AS received_on,
    CASE WHEN received THEN household END AS household_tonnes,
    CASE WHEN received THEN reused END AS reused_tonnes,
    CASE WHEN received THEN recycled END AS recycled_tonnes,
    CASE WHEN received THEN composted END AS composted_tonnes,
    CASE WHEN received THEN household - reused - recycled - composted END::DECIMAL(9, 1) AS residual_tonnes
FROM seen ORDER BY month, district;
