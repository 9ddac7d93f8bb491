-- A text without the words by which somebody is known. A name alone goes as a whole word as it is written, and in capitals where the text is not all
-- capitals: in small letters it may be a verb, or the colour of a sputum. Two different names side by side are no verb: those go in whatever
-- case and order, with what names follow; addresses and the like in whatever case.
CREATE OR REPLACE FUNCTION platform.without(content text, names text[], literals text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    word    text;
    words   text[];
    any_one text;
    pairs   text;
    special text := '([][\\.^$*+?(){}|-])';
BEGIN
    FOREACH word IN ARRAY literals LOOP
        content := regexp_replace(content, regexp_replace(word, special, '\\\1', 'g'), '[erased]', 'gi');
    END LOOP;

    SELECT array_agg(DISTINCT lower(p)) INTO words FROM unnest(names) AS n, regexp_split_to_table(n, '\s+') AS p WHERE length(p) > 1;
    IF cardinality(words) > 1 THEN
        SELECT string_agg(regexp_replace(w, special, '\\\1', 'g'), '|' ORDER BY w) INTO any_one FROM unnest(words) AS w;
        SELECT string_agg(regexp_replace(a, special, '\\\1', 'g') || ',?\s+' || regexp_replace(b, special, '\\\1', 'g'), '|' ORDER BY a, b) INTO pairs
            FROM unnest(words) AS a, unnest(words) AS b WHERE a <> b;
        content := regexp_replace(content, '(?<!\w)(?:' || pairs || ')(?:,?\s+(?:' || any_one || '))*(?!\w)', '[erased]', 'gi');
    END IF;

    FOREACH word IN ARRAY names LOOP
        content := regexp_replace(content, '(?<!\w)' || regexp_replace(word, special, '\\\1', 'g') || '(?!\w)', '[erased]', 'g');
        IF content ~ '[[:lower:]]' THEN
            content := regexp_replace(content, '(?<!\w)' || regexp_replace(upper(word), special, '\\\1', 'g') || '(?!\w)', '[erased]', 'g');
        END IF;
    END LOOP;
    RETURN content;
END $$;
