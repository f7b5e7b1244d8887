-- What each record says to each metric (certainty, sections 1 and 2), one view a metric.
--   record        the copies of one record share it
--   place_in_line which copy gives the recorded value: 1 (section 1, Keys)
--   filter, outcome                    yes, no, or NULL for in doubt
--   recorded_filter, recorded_outcome  as the return has it
--   held                               the date as recorded
--   unsure, earliest, latest, may_be_blank   a doubtful date: its interval (NULL is an open end)
-- and a column with a flag for each dimension that the tests ask for.

CREATE VIEW children_by_first_episode AS
SELECT child AS record, 1 AS place_in_line, TRUE AS filter, TRUE AS recorded_filter, TRUE AS outcome, TRUE AS recorded_outcome,
  first_decom AS held, first_decom_doubtful AS unsure, dob AS earliest, DATE '2018-03-31' AS latest, FALSE AS may_be_blank,
  sex, FALSE AS sex_doubtful, ethnic, FALSE AS ethnic_doubtful
FROM child_cells;

CREATE VIEW unaccompanied_children AS
SELECT parts.* REPLACE (cells.uasc AS outcome, cells.uasc AS recorded_outcome)
FROM children_by_first_episode AS parts JOIN child_cells AS cells ON cells.child = parts.record;

CREATE VIEW pupil_number_usable AS
SELECT parts.* REPLACE (CASE WHEN upn_doubtful THEN NULL ELSE NOT starts_with(upn, 'UN') END AS outcome,
                        NOT starts_with(upn, 'UN') AS recorded_outcome)
FROM children_by_first_episode AS parts JOIN child_cells AS cells ON cells.child = parts.record;

CREATE VIEW episodes_started AS
SELECT child || ' ' || decom AS record, 1 AS place_in_line, TRUE AS filter, TRUE AS recorded_filter, TRUE AS outcome,
  TRUE AS recorded_outcome, decom AS held, decom_doubtful AS unsure,
  -- The limit of rule 353 stays where the episode before gives no bound, or one that is itself in doubt.
  CASE WHEN decom_before_doubtful THEN DATE '1991-10-14' ELSE coalesce(decom_before, DATE '1991-10-14') END AS earliest,
  DATE '2018-03-31' AS latest, FALSE AS may_be_blank,
  place, place_doubtful, provider AS place_provider, provider_doubtful AS place_provider_doubtful, cin,
  FALSE AS cin_doubtful, ls, ls_doubtful, sex, FALSE AS sex_doubtful
FROM episode_cells;

CREATE VIEW placed_with_own_parents AS
SELECT parts.* REPLACE (CASE WHEN place_doubtful THEN NULL ELSE place = 'P1' END AS outcome, place = 'P1' AS recorded_outcome)
FROM episodes_started AS parts;

CREATE VIEW care_ended AS
SELECT child || ' ' || decom AS record, 1 AS place_in_line,
  CASE WHEN rec_doubtful THEN NULL ELSE coalesce(rec <> 'X1', FALSE) END AS filter,
  coalesce(rec <> 'X1', FALSE) AS recorded_filter, TRUE AS outcome, TRUE AS recorded_outcome,
  dec AS held, dec_doubtful AS unsure, CASE WHEN decom_doubtful THEN NULL ELSE decom END AS earliest,
  DATE '2018-03-31' AS latest, TRUE AS may_be_blank,
  rec, rec_doubtful, cin, FALSE AS cin_doubtful
FROM episode_cells;

CREATE VIEW returned_home AS
SELECT parts.* REPLACE (CASE WHEN rec_doubtful THEN NULL ELSE coalesce(rec IN ('E4A', 'E4B'), FALSE) END AS outcome,
                        coalesce(rec IN ('E4A', 'E4B'), FALSE) AS recorded_outcome)
FROM care_ended AS parts;

CREATE VIEW reviews_held AS
SELECT
  -- A doubtful key is its own record: a review dated after the return is no copy of another.
  CASE WHEN held_doubtful THEN 'line ' || line ELSE child || ' ' || held END AS record,
  row_number() OVER (PARTITION BY record ORDER BY code) AS place_in_line,
  TRUE AS filter, TRUE AS recorded_filter, TRUE AS outcome, TRUE AS recorded_outcome,
  held, held_doubtful AS unsure, dob AS earliest, DATE '2018-03-31' AS latest, FALSE AS may_be_blank,
  code AS review_code, code_doubtful AS review_code_doubtful
FROM review_cells;

CREATE VIEW reviews_with_views AS
SELECT parts.* REPLACE (
  CASE WHEN review_code_doubtful THEN NULL ELSE review_code <> 'PN0' END AS filter, review_code <> 'PN0' AS recorded_filter,
  CASE WHEN review_code_doubtful THEN NULL ELSE review_code IN ('PN1', 'PN2', 'PN3', 'PN5', 'PN6') END AS outcome,
  review_code IN ('PN1', 'PN2', 'PN3', 'PN5', 'PN6') AS recorded_outcome)
FROM reviews_held AS parts;
