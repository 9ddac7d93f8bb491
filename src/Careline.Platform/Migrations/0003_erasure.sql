-- A text without the words by which somebody is known. Names go as whole words and as they are written, so that a person called Will takes
-- no verb away; addresses and the like in whatever case.
CREATE FUNCTION platform.without(content text, names text[], literals text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    word    text;
    special text := '([][\\.^$*+?(){}|-])';
BEGIN
    FOREACH word IN ARRAY literals LOOP
        content := regexp_replace(content, regexp_replace(word, special, '\\\1', 'g'), '[erased]', 'gi');
    END LOOP;
    FOREACH word IN ARRAY names LOOP
        content := regexp_replace(content, '(?<!\w)' || regexp_replace(word, special, '\\\1', 'g') || '(?!\w)', '[erased]', 'g');
    END LOOP;
    RETURN content;
END $$;
