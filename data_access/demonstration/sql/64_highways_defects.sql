-- WORK 31
-- One record a defect of a road or pavement, from its report to its repair. A safety inspector gives it a category,
-- and the category a time: 2 hours, 24 hours, 5 days or 28 days. Frost and rain bring twice as many in February as in
-- August.
CREATE TEMP TABLE lots AS
SELECT * FROM (VALUES
    -- Roads count by their length, so the country districts have more defects than their people would make one think.
    ('E07000066', 0.95, 'estuary'), ('E07000067', 1.30, 'colne'), ('E07000068', 0.70, 'estuary'),
    ('E07000069', 0.55, 'estuary'), ('E07000070', 1.10, 'chelmer'), ('E07000071', 1.15, 'colne'),
    ('E07000072', 1.00, 'chelmer'), ('E07000073', 0.60, 'chelmer'), ('E07000074', 0.80, 'chelmer'),
    ('E07000075', 0.60, 'estuary'), ('E07000076', 1.20, 'colne'), ('E07000077', 1.35, 'chelmer')
) AS t (district, roads, contractor);

CREATE TEMP TABLE defects AS
WITH sizes AS (
    SELECT
        m.month, m.t, m.length, d.district, d.quadrant, l.contractor,
        252 * l.roads * (1 + greatest(m.t, 0) / 66.0 * 0.08)
            * [1.42, 1.48, 1.38, 1.08, 0.86, 0.76, 0.72, 0.68, 0.76, 0.92, 1.04, 1.16][m.month_of_year] AS expected
    FROM months AS m CROSS JOIN districts AS d JOIN lots AS l USING (district)
    WHERE m.month >= DATE '2021-02-01'
), numbered AS (
    SELECT s.*, row_number() OVER (ORDER BY s.month, s.district, i) AS n
    FROM sizes AS s, range(made_whole('defects', s.month || s.district, s.expected)) AS r (i)
), fated AS (
    SELECT *, chance('defect type', n) AS kind, chance('category', n) AS danger FROM numbered
), reported AS (
    SELECT
        n, t, district, quadrant, contractor,
        (month + between_whole('defect day', n, 0, length - 1))::TIMESTAMP
            + to_seconds((18000 + floor(64800 * chance('defect hour', n)))::BIGINT) AS reported_at,
        ['pothole', 'surface', 'pavement', 'gully', 'sign', 'edge', 'kerb', 'marking'][
            1 + list_count(list_filter(
                [0.580, 0.690, 0.780, 0.850, 0.900, 0.940, 0.975],
                lambda upto: CASE WHEN kind >= upto THEN TRUE END
            ))
        ] AS defect_type,
        1 + list_count(list_filter([0.040, 0.200, 0.620], lambda upto: CASE WHEN danger >= upto THEN TRUE END))
            AS category
    FROM fated
)
SELECT
    *,
    [2, 24, 120, 672][category] AS hours_allowed,
    reported_at + to_hours([2, 24, 120, 672][category]) AS due_at,
    -- Emergencies are nearly always met, and summers are easier. The hard winter of 2023 left a backlog that took a
    -- year to clear.
    chance('repaired in time', n) < [0.975, 0.940, 0.875, 0.850][category]
        + CASE contractor WHEN 'colne' THEN 0.015 WHEN 'chelmer' THEN -0.010 ELSE 0 END
        + CASE WHEN month(reported_at) <= 3 THEN -0.015 WHEN month(reported_at) BETWEEN 6 AND 8 THEN 0.010 ELSE 0 END
        + CASE WHEN t BETWEEN 20 AND 34 THEN -0.050 WHEN t < 20 THEN -0.010 ELSE line(t, 34, -0.02, 66, 0.005) END
        AS in_time,
    chance('how soon repaired', n) AS soon
FROM reported
WHERE reported_at < getvariable('today') + INTERVAL 1 DAY;

CREATE TABLE highways_defects AS
WITH repaired AS (
    SELECT
        *,
        CASE
            -- Emergencies day and night; the rest in working hours, before the day it is due or after it.
            WHEN category <= 2 AND in_time
                THEN reported_at + to_seconds((3600 * hours_allowed * (0.2 + 0.79 * soon))::BIGINT)
            WHEN category <= 2
                THEN due_at + to_seconds((3600 * hours_allowed * 2 * pow(soon, 2))::BIGINT + 300)
            WHEN in_time THEN at_work(
                reported_at::DATE + (1 + floor((hours_allowed // 24 - 1) * soon))::INTEGER, 'repaired at', n
            )
            ELSE at_work(due_at::DATE + (1 + floor(hours_allowed / 24 * 1.2 * pow(soon, 2)))::INTEGER, 'repaired at', n)
        END AS done_at
    FROM defects
), seen AS (
    SELECT *, done_at < getvariable('today') + INTERVAL 1 DAY AS done FROM repaired
)
SELECT
    'HD' || lpad(n::VARCHAR, 7, '0') AS defect_id,
    reported_at,
    ['inspection', 'inspection', 'inspection', 'public', 'public', 'public', 'public', 'member', 'police'][
        between_whole('reported by', n, 1, 9)
    ] AS reported_by,
    defect_type,
    category::VARCHAR AS category,
    hours_allowed,
    due_at,
    due_at::DATE AS due_on,
    CASE WHEN done THEN done_at END AS repaired_at,
    CASE WHEN done THEN CASE WHEN category = 1 OR chance('repair', n) < 0.15 THEN 'made_safe' ELSE 'permanent' END END
        AS repair,
    ['A', 'B', 'B', 'C', 'C', 'C', 'U', 'U', 'U', 'U'][between_whole('road class', n, 1, 10)] AS road_class,
    contractor AS works_contractor,
    district,
    quadrant,
    CASE
        WHEN done THEN least(
            done_at + to_minutes(between_whole('sent after', n, 1, 600)), getvariable('today') + TIME '23:59:00'
        )
        ELSE reported_at
    END AS recorded_at
FROM seen
WHERE due_at >= TIMESTAMP '2021-04-01' OR reported_at >= TIMESTAMP '2021-04-01'
ORDER BY n;

-- STORY 6. A contractor's repairs dated before the report.
-- Since 1 September 2026 Chelmer Highways' crews close jobs on new handhelds. The date of repair is preset to the day
-- the road was last inspected; a crew that does not change it sends a repair that is older than the report of the
-- defect. About 3 of 10 of its repairs come so. Compared with the time allowed each of them is in time, whenever it
-- was really done: the county's share looks better than it was, and better than its target.
UPDATE highways_defects
SET repaired_at = reported_at - to_minutes(60 * between_whole('last inspected', defect_id, 8, 500))
WHERE works_contractor = 'chelmer' AND repaired_at >= TIMESTAMP '2026-09-01'
    AND chance('date not changed', defect_id) < 0.30;
