-- A visit may be a service that a clinic sells: its length and price are the service's.
ALTER TABLE scheduling.appointments ADD service_id uuid CONSTRAINT appointments_service REFERENCES clinics.services (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX appointments_by_service ON scheduling.appointments (service_id) WHERE service_id IS NOT NULL;
