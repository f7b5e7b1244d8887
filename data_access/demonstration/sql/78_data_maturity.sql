-- The council's own assessment of how mature it is in using data. Unlike everything else here this is real, as the
-- council made it in 2020: 26 aspects in five areas, and one level for each area as a whole. B basic, I intermediate,
-- A advanced. Only the year is known: its last day stands for the day, as the contract says.
CREATE TABLE data_maturity AS
SELECT
    nth AS aspect_number, aspect, area, level, overall AS area_level, DATE '2020-12-31' AS assessed_on
FROM (VALUES
    (1, 'Decision making', 'A'), (2, 'Insight creation', 'A'), (3, 'Insight accessibility', 'A'),
    (4, 'Collaboration', 'I'), (5, 'Self-service', 'I'),
    (6, 'Sponsorship', 'A'), (7, 'Strategy and documentation', 'B'), (8, 'Literacy', 'A'), (9, 'Purpose', 'I'),
    (10, 'Access', 'I'), (11, 'Storage', 'B'), (12, 'Definitions', 'B'), (13, 'Quality', 'B'),
    (14, 'Techniques', 'A'), (15, 'Skills', 'I'), (16, 'Training', 'I'), (17, 'Demand', 'I'), (18, 'Tools', 'I'),
    (19, 'Structure', 'I'), (20, 'Innovation', 'A'),
    (21, 'Governance', 'A'), (22, 'Sharing', 'I'), (23, 'Engagement', 'A'), (24, 'Ownership', 'I'),
    (25, 'Ethics', 'I'), (26, 'Outcomes', 'B')
) AS aspects (nth, aspect, level)
JOIN (VALUES
    ('data_use', 1, 5, 'I'), ('awareness', 6, 9, 'I'), ('management', 10, 13, 'B'), ('skills', 14, 20, 'I'),
    ('governance', 21, 26, 'I')
) AS areas (area, first, last, overall) ON aspects.nth BETWEEN areas.first AND areas.last
ORDER BY nth;
