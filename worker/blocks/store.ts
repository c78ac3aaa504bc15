/**
 * A condition for other statements: whether the address with the key `:blockKey` (see blockKey) is blocked at `:now`. No
 * block is wider than /8, so only those that begin as the address does are looked at.
 */
export const BLOCKED = `EXISTS (SELECT 1 FROM blocks b
    WHERE b.low BETWEEN substr(:blockKey, 1, 3) AND :blockKey AND b.high >= :blockKey
      AND (b.until IS NULL OR b.until > :now))`
