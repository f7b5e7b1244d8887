-- WORK 4
-- One record a safeguarding enquiry under section 42 of the Care Act 2014, from the concern to its conclusion, with the
-- codes of the safeguarding adults collection. About 500 are begun a month; half are concluded within a month.
CREATE TEMP TABLE enquiries AS
WITH sizes AS (
    SELECT
        m.month, m.t, m.length, d.district, d.quadrant, d.team,
        42.5 * d.care_volume * (1 + greatest(m.t, 0) / 66.0 * 0.14)
            * [1.04, 0.98, 1.06, 0.96, 1.02, 1.00, 1.04, 0.94, 1.00, 1.04, 1.02, 0.90][m.month_of_year] AS expected
    FROM months AS m CROSS JOIN districts AS d
    WHERE m.month >= DATE '2020-10-01'
), numbered AS (
    SELECT s.*, row_number() OVER (ORDER BY s.month, s.district, i) AS n
    FROM sizes AS s, range(made_whole('enquiries', s.month || s.district, s.expected)) AS r (i)
)
SELECT
    n, t, quadrant, team,
    (month + between_whole('concern day', n, 0, length - 1))::DATE AS concern_on,
    5 + floor(130 * pow(chance('enquiry takes', n), 2.4))::INTEGER AS takes,
    chance('kind of abuse', n) AS abuse,
    chance('risk assessment', n) AS assessment,
    chance('risk outcome', n) AS outcome
FROM numbered;

CREATE TABLE safeguarding_enquiries AS
WITH dated AS (
    SELECT
        e.*,
        started.day AS started_on,
        CASE
            WHEN concluded.worked <= getvariable('today') THEN greatest(concluded.worked, started.day)
        END AS concluded_on
    FROM enquiries AS e
    JOIN days AS c ON c.day = e.concern_on
    JOIN working_days AS started ON started.nth = c.nth + between_whole('started after', e.n, 1, 3)
    JOIN days AS concluded ON concluded.day = started.day + e.takes
    WHERE started.day <= getvariable('today')
), judged AS (
    SELECT
        *,
        CASE
            WHEN concluded_on IS NULL THEN NULL
            WHEN assessment < 0.63 THEN 'action_taken'
            WHEN assessment < 0.68 THEN 'no_action'
            WHEN assessment < 0.82 THEN 'no_risk'
            WHEN assessment < 0.93 THEN 'inconclusive'
            ELSE 'ceased'
        END AS risk_assessment
    FROM dated
)
SELECT
    'SGE' || lpad(n::VARCHAR, 6, '0') AS enquiry_id,
    'AD' || lpad(((n * 7919 + 104729) % 1000000)::VARCHAR, 6, '0') AS adult_id,
    concern_on,
    started_on,
    concluded_on,
    ['neglect', 'physical', 'self_neglect', 'financial', 'psychological', 'domestic', 'organisational', 'sexual',
        'discriminatory', 'modern_slavery'][
        1 + list_count(list_filter(
            [0.310, 0.490, 0.620, 0.750, 0.850, 0.910, 0.950, 0.985, 0.993],
            lambda upto: CASE WHEN abuse >= upto THEN TRUE END
        ))
    ] AS abuse_type,
    ['own_home', 'own_home', 'own_home', 'own_home', 'care_home', 'care_home', 'care_home', 'hospital', 'community',
        'other'][between_whole('place of abuse', n, 1, 10)] AS place,
    risk_assessment,
    -- Only where a risk was found is there something to reduce or remove.
    CASE WHEN risk_assessment IN ('action_taken', 'no_action') THEN
        CASE
            WHEN outcome < line(t, 0, 0.115, 66, 0.085) THEN 'remained'
            WHEN outcome < 0.72 THEN 'reduced'
            ELSE 'removed'
        END
    END AS risk_outcome,
    quadrant AS area,
    upper(left(replace(quadrant, 'North East', 'NE'), 2)) || '-S' || right(team, 1) AS team,
    at_work(coalesce(concluded_on, started_on), 'enquiry recorded', n) AS recorded_at
FROM judged
WHERE started_on >= DATE '2021-04-01' OR concluded_on >= DATE '2021-04-01'
ORDER BY n;

-- STORY 5. A code list changed without notice.
-- On 1 August 2026 the South 1 team went over to a new release of its case system, which names the outcome of a risk by
-- codes of its own: RDC, RMV and RMN for reduced, removed and remained. Nobody told the warehouse, the contract
-- does not list them, and nothing says that they mean the same. An enquiry in ten is still closed with the old list.
-- As recorded none of the others counts as reduced or removed, and the county's figure seems to have collapsed.
UPDATE safeguarding_enquiries
SET risk_outcome = CASE risk_outcome WHEN 'reduced' THEN 'RDC' WHEN 'removed' THEN 'RMV' ELSE 'RMN' END
WHERE team = 'SO-S1' AND concluded_on >= DATE '2026-08-01' AND risk_outcome IS NOT NULL
    AND chance('new code list', enquiry_id) < 0.90;

-- Ordinary wear, all years: a few concluded without saying what became of the risk.
UPDATE safeguarding_enquiries
SET risk_outcome = NULL
WHERE chance('no outcome', enquiry_id) < 0.003;
