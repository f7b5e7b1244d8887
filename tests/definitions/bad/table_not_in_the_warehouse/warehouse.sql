create table plans (
    reference varchar, requested_on date, issued_on date, exception boolean, district varchar, quadrant varchar,
    weeks integer, cost decimal(12, 2), note varchar, loaded_at timestamp
);
