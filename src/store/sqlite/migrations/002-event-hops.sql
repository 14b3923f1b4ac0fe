-- How the event came from other event buses; NULL when it was put on this one.
ALTER TABLE event ADD COLUMN hops TEXT;
