-- The return with a flag for each cell that fails a national rule. Straight from the CSV files, whose
-- columns are all text; the portal's warehouse, contracts and loader are not used.

CREATE VIEW headers AS
SELECT CHILD AS child, SEX AS sex, ETHNIC AS ethnic, UPN AS upn, strptime(DOB, '%d/%m/%Y')::DATE AS dob FROM header;

CREATE VIEW dated AS
SELECT episodes.CHILD AS child, RNE AS rne, LS AS ls, CIN AS cin, PLACE AS place, PLACE_PROVIDER AS provider, REC AS rec,
       headers.sex, headers.dob,
       strptime(DECOM, '%d/%m/%Y')::DATE AS decom, strptime(DEC, '%d/%m/%Y')::DATE AS dec
FROM episodes JOIN headers ON headers.child = episodes.CHILD;

CREATE VIEW neighbours AS
SELECT *, lag(decom) OVER w AS decom_before, lag(dec) OVER w AS dec_before, lead(decom) OVER w AS decom_after
FROM dated WINDOW w AS (PARTITION BY child ORDER BY decom);

CREATE VIEW episode_rules AS
SELECT *,
  decom_after IS NOT NULL AND (dec IS NULL OR rec IS NULL) AS r142,
  (dec IS NULL) <> (rec IS NULL) AS r148,
  decom < dob AS r302,
  decom < DATE '1991-10-14' OR decom > DATE '2018-03-31' AS r353_354,
  dec IS NOT NULL AND dec = decom AS r355,
  dec IS NOT NULL AND dec < decom AS r356,
  ls IN ('J1', 'J2', 'J3') AND dob + INTERVAL 10 YEAR >= decom AS r358,
  dec IS NOT NULL AND dec > DATE '2018-03-31' AS r385,
  dec IS NOT NULL AND rec IS NOT NULL AND CASE
      WHEN decom_after IS NULL THEN rec = 'X1'
      WHEN rec = 'X1' THEN dec <> decom_after
      ELSE dec = decom_after END AS r388,
  rec IN ('E2', 'E15') AND decom_after IS NOT NULL AS r437,
  ls = 'D1' AND decom > DATE '2005-12-31' AS r445,
  coalesce(decom < dec_before, FALSE) AS r501,
  coalesce(dec > decom_after, FALSE) AS r501_earlier_one,
  place IN ('T0', 'T1', 'T2', 'T3', 'T4') AND provider IS NOT NULL AS r213,
  place NOT IN ('T0', 'T1', 'T2', 'T3', 'T4', 'Z1') AND provider IS NULL AS r526,
  provider = 'PR1' AND place IN ('P1', 'R2', 'R5') AS r527,
  provider = 'PR2' AND place IN ('P1', 'R2', 'R5') AS r528,
  provider = 'PR3' AND (place IN ('P1', 'K1', 'K2') OR (place[1] = 'A' AND place[2] BETWEEN '3' AND '6') OR place[1] = 'U')
    AS r529,
  provider = 'PR4' AND place = 'P1' AS r530,
  provider = 'PR5' AND place = 'P1' AS r531,
  provider = 'PR0' AND place <> 'P1' AS r550
FROM neighbours;

CREATE VIEW episode_cells AS
SELECT *,
  r302 OR r353_354 OR r501 AS decom_doubtful,
  r142 OR r148 OR r355 OR r356 OR r385 OR r501_earlier_one AS dec_doubtful,
  r142 OR r148 OR r388 OR r437 AS rec_doubtful,
  r358 OR r445 AS ls_doubtful,
  r527 OR r528 OR r529 OR r530 OR r531 OR r550 AS place_doubtful,
  r213 OR r526 OR r527 OR r528 OR r529 OR r530 OR r531 OR r550 AS provider_doubtful,
  coalesce(lag(r501) OVER (PARTITION BY child ORDER BY decom), FALSE) AS decom_before_doubtful
FROM episode_rules;

CREATE VIEW child_cells AS
SELECT headers.*, list_contains((SELECT list(CHILD) FROM uasc), child) AS uasc,
  NOT regexp_matches(upn, '^([A-Z][0-9]{12}|[A-Z][0-9]{11}[A-Z]|UN[1-5])$') OR upn[1] IN ('I', 'O', 'S') AS upn_doubtful,
  first.decom AS first_decom, first.decom IS NULL AS first_decom_doubtful
FROM headers LEFT JOIN (SELECT child, min(decom) AS decom FROM dated GROUP BY child) AS first USING (child);

CREATE VIEW review_cells AS
SELECT CHILD AS child, REVIEW_CODE AS code, r.line, r.dob, r.held,
  r.held > DATE '2018-03-31' AS held_doubtful,
  code = 'PN0' AND r.held > r.dob + INTERVAL 4 YEAR AS r440,
  code <> 'PN0' AND r.held < r.dob + INTERVAL 4 YEAR AS r441,
  r440 OR r441 AS code_doubtful
FROM (SELECT CHILD, REVIEW_CODE, row_number() OVER () AS line, strptime(DOB, '%d/%m/%Y')::DATE AS dob, strptime(REVIEW, '%d/%m/%Y')::DATE AS held
      FROM reviews) AS r;
