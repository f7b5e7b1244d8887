-- How text is read as a value: each macro gives the value, or NULL where the text is not written so.
-- They are given text without blanks around it (see cleaned), and never raise an error.

-- Without spaces, tabs, line ends, no-break spaces and byte order marks around it.
CREATE TEMP MACRO stripped(t) AS trim(t, ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(65279));

-- What stands for a blank, of stripped text.
CREATE TEMP MACRO is_marker(s) AS lower(s) IN ('n/a', 'na', '#n/a', 'null', 'none', '-', '--', '..', '[z]');

-- A text column keeps 'none', which may be an answer ("Disability: None").
CREATE TEMP MACRO is_none(s) AS lower(s) = 'none';

-- Signs that a publisher puts where a number is not shown: [c], [x], *, <5. They are no evidence against numbers.
CREATE TEMP MACRO is_symbol(t) AS regexp_full_match(t, '\[[a-z]{1,4}\]|[*~]+|<\s?\d{1,2}');

-- -- yes and no
CREATE TEMP MACRO read_boolean(t) AS
    CASE WHEN lower(t) IN ('yes', 'y', 'true') THEN true WHEN lower(t) IN ('no', 'n', 'false') THEN false END;

-- -- numbers: thousands commas, £, brackets or a minus for negatives
CREATE TEMP MACRO digits_of(t) AS
    CASE WHEN t[1] = '(' THEN '-' ELSE '' END || replace(replace(translate(t, '£, ()+%', ''), '−', '-'), '–', '-');

CREATE TEMP MACRO has_leading_zero(t) AS regexp_full_match(t, '[-+]?0\d+');

CREATE TEMP MACRO read_whole(t) AS
    CASE WHEN regexp_full_match(t, '-?[1-9]\d{0,17}|0') THEN try_cast(t AS BIGINT)
    WHEN regexp_full_match(
        t, '[-−–+]?£? ?-?(\d{1,18}|\d{1,3}(,\d{3}){1,5})(\.0+)?|\(£? ?(\d{1,18}|\d{1,3}(,\d{3}){1,5})(\.0+)?\)'
    ) AND NOT has_leading_zero(t)
    THEN try_cast(regexp_replace(digits_of(t), '\.0+$', '') AS BIGINT) END;

CREATE TEMP MACRO read_number(t) AS
    CASE WHEN regexp_full_match(t, '-?(0|[1-9]\d{0,14})(\.\d+)?') THEN try_cast(t AS DOUBLE)
    WHEN regexp_full_match(
        t, '[-−–+]?£? ?-?((\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d*)?|\.\d+)|\(£? ?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d+)?\)'
    ) AND NOT has_leading_zero(t)
    THEN try_cast(digits_of(t) AS DOUBLE)
    WHEN regexp_full_match(t, '[-+]?\d(\.\d+)?[eE][-+]?\d{1,3}') AND regexp_matches(t, '[.+-]')
    THEN try_cast(t AS DOUBLE) END;

CREATE TEMP MACRO read_percent(t) AS
    CASE WHEN t[-1] = '%' THEN read_number(rtrim(t[:-2])) END;

-- -- dates: every separator; two-digit years up to `century` are of this one
CREATE TEMP MACRO of_years(d) AS CASE WHEN year(d) BETWEEN 1 AND 9999 THEN d::DATE END;

CREATE TEMP MACRO short_year(d, century) AS (d - to_years(CASE WHEN year(d) > 2000 + century THEN 100 ELSE 0 END))::DATE;

-- '1/4/2024' → '1-4-2024'; '1st April 2024', 'Mon 1-Apr-2024' and 'April 1, 2024' → '1-apr-2024'
CREATE TEMP MACRO parted(t) AS
    CASE WHEN regexp_matches(t, '[A-Za-z]{3}')
    THEN regexp_replace(regexp_replace(translate(lower(t), './, ', '----'),
        '^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*-+)?(\d{1,2})(?:st|nd|rd|th)?-*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?-*(\d{4}|\d{2})$',
        '\1-\2-\3'),
        '^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?-+(\d{1,2})(?:st|nd|rd|th)?-+(\d{4}|\d{2})$',
        '\2-\1-\3')
    ELSE translate(t, './, ', '----') END;

CREATE TEMP MACRO read_parted(p, century, numbers, short_numbers) AS
    CASE
        WHEN regexp_full_match(p, '\d{4}-\d{1,2}-\d{1,2}') THEN of_years(try_strptime(p, '%Y-%m-%d'))
        WHEN regexp_full_match(p, '\d{1,2}-\d{1,2}-\d{4}') THEN of_years(try_strptime(p, numbers))
        WHEN regexp_full_match(p, '\d{1,2}-\d{1,2}-\d{2}') THEN short_year(try_strptime(p, short_numbers), century)
        WHEN regexp_full_match(p, '\d{1,2}-[a-z]{3}-\d{4}') THEN of_years(try_strptime(p, '%d-%b-%Y'))
        WHEN regexp_full_match(p, '\d{1,2}-[a-z]{3}-\d{2}') THEN short_year(try_strptime(p, '%d-%b-%y'), century)
    END;

CREATE TEMP MACRO read_day_first(p, century) AS read_parted(p, century, '%d-%m-%Y', '%d-%m-%y');
CREATE TEMP MACRO read_month_first(p, century) AS read_parted(p, century, '%m-%d-%Y', '%m-%d-%y');

CREATE TEMP MACRO read_eight_digits(t) AS
    CASE WHEN regexp_full_match(t, '(19|20)\d{6}') THEN try_strptime(t, '%Y%m%d')::DATE END;

-- Where both orders stand in one column, a date is known only when just one of them can be meant.
CREATE TEMP MACRO the_only(one, other) AS CASE WHEN one IS NULL OR other IS NULL OR one = other THEN coalesce(one, other) END;
CREATE TEMP MACRO read_either_order(p, century) AS the_only(read_day_first(p, century), read_month_first(p, century));

-- A spreadsheet's number of a day, from 1 Jan 2000 to 31 Dec 2050.
CREATE TEMP MACRO read_serial(t) AS
    CASE WHEN regexp_full_match(t, '\d{5}') AND t::INTEGER BETWEEN 36526 AND 55152 THEN DATE '1899-12-30' + t::INTEGER END;

-- -- months: the first day stands for the whole. '2008-04', '4/2008', 'Apr-08' and '2008 April' → parted dates
CREATE TEMP MACRO first_day(t) AS
    CASE
        WHEN regexp_full_match(t, '\d{4}[-/]\d{1,2}') THEN replace(t, '/', '-') || '-1'
        WHEN regexp_full_match(t, '\d{1,2}[-/]\d{4}') THEN '1-' || replace(t, '/', '-')
        WHEN regexp_matches(t, '[A-Za-z]{3}') THEN regexp_replace(regexp_replace(translate(lower(t), '/, .''', '-----'),
            '^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?-*(\d{4}|\d{2})$', '1-\1-\2'),
            '^(\d{4})-*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?$', '1-\2-\1')
    END;

CREATE TEMP MACRO read_month(p, century) AS read_day_first(CASE WHEN regexp_matches(p, '^1-|-1$') THEN p END, century);

CREATE TEMP MACRO read_six_digits(t) AS
    CASE WHEN regexp_full_match(t, '(19|20)\d{4}') THEN try_strptime(t || '01', '%Y%m%d')::DATE END;

-- 2011-12 and 2011/12 as the year from April 2011: nothing to do with December.
CREATE TEMP MACRO is_financial_year(t) AS
    regexp_full_match(t, '\d{4}[-/]\d{2}') AND (try_cast(left(t, 4) AS INTEGER) + 1) % 100 = try_cast(right(t, 2) AS INTEGER);

-- -- times of day, and dates with one: a moment that names its zone becomes the time in London
CREATE TEMP MACRO read_time(t) AS
    CASE
        WHEN regexp_full_match(t, '([01]?\d|2[0-3]):\d{2}(:\d{2}([.,]\d+)?)?') THEN try_cast(replace(t, ',', '.') AS TIME)
        WHEN regexp_full_match(lower(t), '\d{1,2}:\d{2} ?[ap]m') THEN try_strptime(replace(lower(t), ' ', ''), '%I:%M%p')::TIME
        WHEN regexp_full_match(lower(t), '\d{1,2}:\d{2}:\d{2} ?[ap]m') THEN try_strptime(replace(lower(t), ' ', ''), '%I:%M:%S%p')::TIME
    END;

-- '1/4/2024 9:30 pm' → the day as `parted` has it, the time, and '+01' or so
CREATE TEMP MACRO moment_parts(t) AS
    struct_pack(
        day := parted(regexp_replace(
            t, '(\d)(?:T|,? +)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp][Mm])? ?(?:Z|[+-]\d{2}:?\d{2})?$', '\1')),
        hour := CASE WHEN contains(t, ':') THEN regexp_extract(
            t, '\d(?:T|,? +)(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp][Mm])?) ?(?:Z|[+-]\d{2}:?\d{2})?$', 1)
            ELSE '0:00' END,
        zone := replace(regexp_extract(t, ':\d{2}.*?(Z|[+-]\d{2}:?\d{2})$', 1), 'Z', '+00')
    );

CREATE TEMP MACRO read_moment_day_first(m, century) AS
    CASE WHEN m.zone = '' THEN read_day_first(m.day, century) + read_time(m.hour) END;
CREATE TEMP MACRO read_moment_month_first(m, century) AS
    CASE WHEN m.zone = '' THEN read_month_first(m.day, century) + read_time(m.hour) END;
-- A time of midnight in every record says nothing: they are dates.
CREATE TEMP MACRO read_midnight_day_first(m, century) AS
    CASE WHEN m.zone = '' AND read_time(m.hour) = TIME '00:00' THEN read_day_first(m.day, century) END;
CREATE TEMP MACRO read_midnight_month_first(m, century) AS
    CASE WHEN m.zone = '' AND read_time(m.hour) = TIME '00:00' THEN read_month_first(m.day, century) END;
CREATE TEMP MACRO read_moment_either_order(m, century) AS
    the_only(read_moment_day_first(m, century), read_moment_month_first(m, century));
CREATE TEMP MACRO read_midnight_either_order(m, century) AS
    the_only(read_midnight_day_first(m, century), read_midnight_month_first(m, century));

CREATE TEMP MACRO read_zoned(m, century) AS
    timezone('Europe/London', try_cast(
        strftime(read_day_first(m.day, century) + read_time(m.hour), '%Y-%m-%d %H:%M:%S.%f') || m.zone
    AS TIMESTAMPTZ));

-- -- what a text looks like, so that only the readings are tried that may fit
CREATE TEMP MACRO shape(t) AS
    CASE
        WHEN t IS NULL THEN NULL
        WHEN is_symbol(t) THEN 'symbol'
        WHEN lower(t) IN ('yes', 'no', 'y', 'n', 'true', 'false') THEN 'boolean'
        WHEN regexp_full_match(t, '\d{8}') THEN 'eight'
        WHEN regexp_full_match(t, '\d{6}') THEN 'six'
        WHEN t[-1] = '%' THEN 'percent'
        WHEN regexp_full_match(t, '\d{1,4}[/. -]\d{1,2}[/. -]\d{2,4}') THEN 'date'
        WHEN regexp_full_match(t, '\d{4}[-/]\d{1,2}|\d{1,2}[-/]\d{4}') THEN 'month'
        WHEN regexp_full_match(t, '[-−–+(£ .,\d)]+([eE][-+]?\d+)?') THEN 'number'
        WHEN regexp_matches(t, '^\d{1,2}:\d\d') THEN 'time'
        WHEN regexp_matches(t, '\d.*:\d\d.*(Z|[+-]\d{2}:?\d{2})$') THEN 'zoned'
        WHEN regexp_matches(t, '\d.*[T ]\d{1,2}:\d\d') THEN 'moment'
        WHEN regexp_matches(lower(t), '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)') AND regexp_matches(t, '\d') THEN 'named'
        ELSE 'other'
    END;
