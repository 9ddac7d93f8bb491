-- Which orders got their clinic from a booked collection is not known of those that there are: they keep it.
ALTER TABLE labs.orders ADD COLUMN is_clinic_of_collection boolean NOT NULL DEFAULT false;
ALTER TABLE labs.orders ALTER COLUMN is_clinic_of_collection DROP DEFAULT;
