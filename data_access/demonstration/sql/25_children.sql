-- Children's numbers have the shape and check letter of a unique pupil number, but "local authority 000",
-- which does not exist: no real child can have one. One number a child; `first` keeps two tables apart.
CREATE TEMP MACRO digits_of(first, n) AS
    '000' || lpad(((first + n * 7919::BIGINT) % 1000000000)::VARCHAR, 9, '0');

CREATE TEMP MACRO check_letter(digits) AS
    'ABCDEFGHJKLMNPQRTUVWXYZ'[
        list_sum(list_transform(range(1, 13), lambda i: digits[i]::INTEGER * (i + 1)))::INTEGER % 23 + 1
    ];

CREATE TEMP MACRO child_number(first, n) AS check_letter(digits_of(first, n)) || digits_of(first, n);

-- Primary needs in about England's proportions. Only those whose needs were assessed have one: for the
-- others a blank is right.
CREATE TEMP MACRO primary_need(n, status) AS CASE
    WHEN status NOT IN ('assessing', 'drafting', 'issued', 'no_plan') THEN NULL
    ELSE ['ASD', 'SLCN', 'SEMH', 'MLD', 'SPLD', 'SLD', 'PD', 'OTH', 'HI', 'PMLD', 'VI', 'MSI'][
        1 + list_count(list_filter(
            [0.330, 0.540, 0.740, 0.820, 0.862, 0.902, 0.937, 0.957, 0.972, 0.986, 0.996],
            lambda upto: CASE WHEN chance('primary need', n) >= upto THEN TRUE END
        ))
    ]
END;

-- What a referral to social care is about, by the census's codes; abuse or neglect is by far the most frequent.
CREATE TEMP MACRO care_need(n) AS
    ['N1', 'N5', 'N4', 'N2', 'N3', 'N6', 'N8', 'N0', 'N9', 'N7'][
        1 + list_count(list_filter(
            [0.570, 0.720, 0.800, 0.880, 0.910, 0.935, 0.955, 0.975, 0.990],
            lambda upto: CASE WHEN chance('care need', n) >= upto THEN TRUE END
        ))
    ];
