-- How soon a doctor can be seen, and what patients say of them, as figures show it.
CREATE VIEW doctors.listing_facts AS
    SELECT id AS doctor_id, CASE WHEN is_listed THEN next_free_at END AS next_free_at, rating, review_count FROM doctors.doctors;
