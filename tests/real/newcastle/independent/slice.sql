-- Each slice's parts. Filled in by figures.py: the period, the dimension and the measure.

SELECT {first_day} AS first_day, {key} AS key,
  count(*) FILTER (value IS NOT NULL AND NOT doubtful) AS certain,
  count(*) FILTER (doubtful) AS doubtful,
  coalesce(sum(value) FILTER (NOT doubtful), 0) AS total,
  count(DISTINCT library) FILTER (value IS NOT NULL AND NOT doubtful) AS libraries,
  count(DISTINCT library) FILTER (value IS NOT NULL OR doubtful) AS libraries_at_most,
  any_value(most) AS most
FROM cells WHERE measure = '{measure}' GROUP BY ALL HAVING certain + doubtful > 0
