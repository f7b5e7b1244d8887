create table plan_records (
    reference varchar, requested_on date, issued date, exception boolean, district varchar, quadrant varchar,
    weeks integer, cost decimal(12, 2), note varchar, loaded_at timestamp
);
