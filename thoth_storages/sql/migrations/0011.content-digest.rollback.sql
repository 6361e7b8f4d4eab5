DROP FUNCTION content_digest(double precision[]);
DROP FUNCTION content_digest(text[]);
DROP FUNCTION content_digest(text, text, text);
DROP FUNCTION content_digest(text, text);
DROP FUNCTION content_digest(text);
