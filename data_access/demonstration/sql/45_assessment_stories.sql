-- STORY 2. A batch of assessments loaded twice.
-- The assessments completed from 4 to 22 May 2026 were loaded on 26 May and, after a failed run was restarted, again
-- on 29 May. In between the completion dates had been typed again from paper: in about 4 of 10 the second date is some
-- working days later (the day the manager signed, not the day the assessment ended), in a few the day and month
-- have changed places. The others came twice without any difference in what they say.
-- Nothing tells which copy is right, so where they disagree about a figure the record is in doubt for it.
CREATE TEMP TABLE second_load AS
WITH batch AS (
    SELECT *, chance('typed again', referral_id) AS typed
    FROM childrens_assessments
    WHERE completed_on BETWEEN DATE '2026-05-04' AND DATE '2026-05-22'
), dated AS (
    SELECT
        b.*,
        CASE
            WHEN typed < 0.06 AND day(b.completed_on) BETWEEN 6 AND 8
                THEN make_date(2026, day(b.completed_on), month(b.completed_on))
            WHEN typed < 0.45 THEN w.day
            ELSE b.completed_on
        END AS typed_on
    FROM batch AS b
    JOIN days AS d ON d.day = b.completed_on
    JOIN working_days AS w ON w.nth = d.nth + between_whole('signed later', referral_id, 1, 15)
)
SELECT
    c.* REPLACE (
        c.typed_on AS completed_on,
        c.working_days + e.nth - s.nth AS working_days,
        at_work(DATE '2026-05-29', 'second load', referral_id) AS recorded_at
    )
FROM dated AS c
JOIN days AS s ON s.day = c.completed_on
JOIN days AS e ON e.day = c.typed_on
WHERE c.typed_on <= getvariable('today') AND getvariable('today') >= DATE '2026-05-29';

UPDATE childrens_assessments
SET recorded_at = at_work(DATE '2026-05-26', 'first load', referral_id)
WHERE referral_id IN (SELECT referral_id FROM second_load);

INSERT INTO childrens_assessments
SELECT * EXCLUDE (typed, typed_on) FROM second_load ORDER BY referral_id;

-- Ordinary wear, all years. A referral without the child's number: whether it is the child's second referral cannot be
-- looked up, so the earlier referral the warehouse found (none) is in doubt. A few without a district.
UPDATE childrens_assessments
SET child_id = NULL, previous_referred_on = NULL
WHERE chance('no child number', referral_id) < 0.006;

UPDATE childrens_assessments
SET district = NULL
WHERE chance('no district', referral_id) < 0.004;
