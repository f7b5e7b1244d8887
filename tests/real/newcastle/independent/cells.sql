-- Each cell of the four published files, straight from their text. `doubtful`: a blank that no closure explains,
-- or a figure above the most that there can be.

CREATE TABLE most (measure VARCHAR, most BIGINT);
INSERT INTO most VALUES ('visits', 120000), ('enquiries', 50000), ('issues', 60000), ('computer_use_pct', 100);

-- When the notes, or the end of a branch's figures for good, explain a blank.
CREATE TABLE closed (measure VARCHAR, library VARCHAR, first_month DATE, last_month DATE);
INSERT INTO closed
SELECT measure, library, first_month, DATE '9999-12-31' FROM most, (VALUES
  ('visits enquiries issues', 'Mobile', DATE '2012-05-01'),
  ('visits enquiries computer_use_pct', 'Dinnington', DATE '2013-07-01'),
  ('visits enquiries computer_use_pct', 'Moorside', DATE '2013-07-01'),
  ('visits enquiries computer_use_pct', 'Jesmond', DATE '2013-07-01'),
  ('issues', 'Dinnington', DATE '2013-09-01'),
  ('issues', 'Moorside', DATE '2013-09-01'),
  ('issues', 'Jesmond', DATE '2013-12-01'),
  ('visits enquiries issues', 'Fawdon', DATE '2015-04-01'),
  ('visits enquiries', 'Newbiggin Hall', DATE '2015-04-01'),
  ('issues', 'Newbiggin Hall', DATE '2019-02-01'),
  ('computer_use_pct', 'Fawdon', DATE '2019-06-01'),
  ('computer_use_pct', 'Newbiggin Hall', DATE '2019-06-01'),
  ('visits enquiries computer_use_pct', 'Blakelaw', DATE '2024-07-01')
) AS ended (measures, library, first_month) WHERE list_contains(string_split(measures, ' '), measure);
INSERT INTO closed VALUES
  ('enquiries', 'BIPC', DATE '2008-04-01', DATE '2013-03-01'),
  ('computer_use_pct', 'BIPC', DATE '2008-04-01', DATE '2017-03-01');

CREATE VIEW cells AS
SELECT published.*, most,
  value IS NULL AND month <= DATE '2024-08-01' AND month NOT BETWEEN DATE '2020-04-01' AND DATE '2021-03-01'
    AND NOT EXISTS (FROM closed WHERE closed.measure = published.measure AND closed.library = published.library
                    AND published.month BETWEEN first_month AND last_month)
  OR coalesce(value > most, FALSE) AS doubtful
FROM (
  SELECT measure, Library AS library, CAST(replace(text, '%', '') AS BIGINT) AS value,
    make_date(CAST(string_split(heading, '-')[1] AS BIGINT), CAST(string_split(heading, '-')[2] AS BIGINT), 1) AS month
  FROM wide
) AS published JOIN most USING (measure);
