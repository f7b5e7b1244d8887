-- STORY 1. One quadrant stops recording issue dates after a system move.
-- On 1 March 2026 the North East team moved to a new case system. Its "plan issued" step can be closed without
-- a date, so of every 100 plans it has issued since, about 60 have the status "issued" and no issue date. The day
-- the status was set is stamped by the system, but days to weeks after the event: plans are closed in batches.
-- What is still known: a plan was issued after the decision to issue one, after the move (those issued before it were
-- moved with their date), and no later than the day its status was set. Everywhere else dates are kept.
UPDATE ehc_plans
SET
    system = 'new',
    not_issued_before = CASE
        WHEN issued_on >= DATE '2026-03-01' OR status = 'drafting' THEN greatest(not_issued_before, DATE '2026-03-01')
        ELSE not_issued_before
    END
WHERE quadrant = 'North East' AND status_on >= DATE '2026-03-01';

UPDATE ehc_plans
SET
    status_on = least(issued_on + between_whole('closed in batches', plan_id, 5, 34), getvariable('today')),
    recorded_at = at_work(
        least(issued_on + between_whole('closed in batches', plan_id, 5, 34), getvariable('today')), 'batch', plan_id
    ),
    issued_on = NULL
WHERE quadrant = 'North East' AND status = 'issued' AND issued_on >= DATE '2026-03-01'
    AND chance('issue date lost', plan_id) < 0.60;

-- STORY 1b. A handful of plans "issued" before they were requested, everywhere: the wrong year typed in
-- January, or day and month the wrong way round (3 October as 10 March).
UPDATE ehc_plans
SET issued_on = (issued_on - INTERVAL 1 YEAR)::DATE
WHERE month(issued_on) = 1 AND issued_on >= DATE '2025-01-01' AND issued_on - INTERVAL 1 YEAR < requested_on
    AND chance('last year typed', plan_id) < 0.012;

UPDATE ehc_plans
SET issued_on = make_date(year(issued_on), day(issued_on), month(issued_on))
WHERE issued_on >= DATE '2026-07-01' AND day(issued_on) < month(issued_on)
    AND make_date(year(issued_on), least(day(issued_on), 12), least(month(issued_on), 28)) < requested_on
    AND chance('day and month swapped', plan_id) < 0.06;

-- A few issued plans without the child's primary need: it blurs the figures by need, and no others.
UPDATE ehc_plans
SET primary_need = NULL
WHERE status = 'issued' AND chance('need not recorded', plan_id) < 0.003;
