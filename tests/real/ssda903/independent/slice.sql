-- The six counts of certainty, section 3, and the recorded value for each slice. Filled in by figures.py:
-- the view of parts.sql, the periods, and the dimension with its flag and its values.

WITH periods AS ({periods}),
keys AS ({keys}),
asked AS (
  SELECT p.first_day, k.key, record, place_in_line, filter, outcome, recorded_outcome,
    CASE WHEN NOT unsure THEN coalesce(held BETWEEN p.first_day AND p.last_day, p.first_day IS NULL AND held IS NOT NULL)
         WHEN coalesce(earliest > p.last_day, FALSE) OR coalesce(latest < p.first_day, FALSE) THEN FALSE
         WHEN NOT may_be_blank
              AND coalesce(earliest >= p.first_day AND latest <= p.last_day, p.first_day IS NULL) THEN TRUE
         ELSE NULL END AS in_time,
    CASE WHEN {unsure_key} THEN NULL ELSE {key} IS NOT DISTINCT FROM k.key END AS in_key,
    recorded_filter AND {key} IS NOT DISTINCT FROM k.key
      AND coalesce(held BETWEEN p.first_day AND p.last_day, p.first_day IS NULL AND held IS NOT NULL) AS recorded_member
  FROM {parts}, periods AS p, keys AS k
),
copies AS (SELECT *, filter AND in_time AND in_key AS member FROM asked),
records AS (
  SELECT first_day, key, record,
    CASE WHEN bool_and(member IS TRUE) THEN TRUE WHEN bool_and(member IS FALSE) THEN FALSE END AS member,
    CASE WHEN bool_and(outcome IS TRUE) FILTER (member IS NOT FALSE) THEN TRUE
         WHEN bool_and(outcome IS FALSE) FILTER (member IS NOT FALSE) THEN FALSE END AS outcome,
    bool_or(recorded_member) FILTER (place_in_line = 1) AS recorded_member,
    bool_or(recorded_outcome) FILTER (place_in_line = 1) AS recorded_outcome
  FROM copies GROUP BY ALL
)
SELECT first_day, key,
  count(*) FILTER (member AND outcome) AS a, count(*) FILTER (member AND NOT outcome) AS b,
  count(*) FILTER (member AND outcome IS NULL) AS u,
  count(*) FILTER (member IS NULL AND outcome) AS k1, count(*) FILTER (member IS NULL AND NOT outcome) AS k0,
  count(*) FILTER (member IS NULL AND outcome IS NULL) AS ku,
  -- A record counts as recorded, but never where no world has it and always where every world does.
  count(*) FILTER (member OR (member IS NULL AND recorded_member)) AS recorded,
  count(*) FILTER ((member OR (member IS NULL AND recorded_member)) AND recorded_outcome) AS recorded_yes
FROM records GROUP BY ALL ORDER BY ALL
