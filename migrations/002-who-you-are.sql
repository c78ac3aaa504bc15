-- People who sign in come into rooms through invitations, which are links without a secret.
ALTER TABLE links ADD COLUMN invite_kind TEXT CHECK (invite_kind IN ('email', 'domain', 'group'));
ALTER TABLE links ADD COLUMN invite_value TEXT;
ALTER TABLE people ADD COLUMN account TEXT;
