create table plan_records (
    reference varchar, requested_on varchar, issued_on date, exception boolean, district varchar, quadrant varchar,
    weeks varchar, cost decimal(12, 2), note varchar, loaded_at timestamp
);
