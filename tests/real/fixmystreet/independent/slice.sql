-- Each slice's parts, straight from the published file. Filled in by figures.py: the period, the dimension and
-- which rows are asked for. A row's reports are in doubt where its reporters made 50 each or more.

WITH published AS (
  SELECT CAST(period || '-01' AS DATE) AS month, lad, SHEF_C_CODE AS shef_c_code,
         CAST(reports AS BIGINT) AS reports, CAST(unique_users AS BIGINT) AS reporters,
         CAST(reports AS DOUBLE) / CAST(unique_users AS DOUBLE) >= 50 AS doubtful
  FROM lad_month_category_c
)
SELECT {first_day} AS first_day, {key} AS key,
  count(*) AS records,
  count(*) FILTER (doubtful) AS doubtful,
  sum(reports) AS reports,
  coalesce(sum(reports) FILTER (NOT doubtful), 0) AS certain_reports,
  sum(reporters) AS reporters,
  count(DISTINCT lad) AS districts,
  count(*) FILTER (reporters = 1) AS single
FROM published WHERE {asked_for} GROUP BY ALL
