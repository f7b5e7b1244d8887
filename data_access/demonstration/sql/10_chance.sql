-- Made-up figures need chance that is the same on every machine, thread count and version of DuckDB.
-- So nothing here uses random() or hash(): chance is read from MD5 of what the number is for and of the
-- record's number. TEMP: neither the macros nor the working tables of the next files stay in the warehouse.

-- A number from 0 (included) to 1 (not included), for one purpose and one record.
CREATE TEMP MACRO chance(purpose, n) AS
    (md5_number_lower(purpose || '|' || n::VARCHAR) % 1000000007)::DOUBLE / 1000000007;

-- A whole number from low to high, both included.
CREATE TEMP MACRO between_whole(purpose, n, low, high) AS
    (low + floor(chance(purpose, n) * (high - low + 1)))::INTEGER;

-- An expected number made whole: 3.4 becomes 3, and 4 four times in ten, so that totals keep their mean.
CREATE TEMP MACRO made_whole(purpose, n, expected) AS
    floor(expected + chance(purpose, n))::INTEGER;

-- A straight line between two points, for trends.
CREATE TEMP MACRO line(x, x0, y0, x1, y1) AS y0 + (y1 - y0) * (x - x0) / (x1 - x0);

-- A time of day in working hours, so that "recorded at" looks like people at work.
CREATE TEMP MACRO at_work(day, purpose, n) AS
    day::TIMESTAMP + to_seconds((8 * 3600 + floor(chance(purpose, n) * 9 * 3600))::BIGINT);

-- For tables of a million records MD5 is what costs, so one MD5 serves four purposes: a record draws a number
-- once, and each of its four pieces is a chance from 0 (included) to 1 (not included), in steps of 1/65536.
CREATE TEMP MACRO draw(purpose, n) AS md5_number_lower(purpose || '|' || n::VARCHAR);
CREATE TEMP MACRO piece(drawn, nth) AS ((drawn >> (16 * nth)) & 65535)::DOUBLE / 65536;

-- A little up or down, at most by size: what makes one month or place differ from the next without a reason.
CREATE TEMP MACRO wobble(purpose, n, size) AS (chance(purpose, n) * 2 - 1) * size;
