/** A condition for other statements: a host keeps the address with this key (see blockKey) out of the room `r`. */
export const banned = (key: string): string => `EXISTS (SELECT 1 FROM bans n
    WHERE n.room_id = r.id AND n.low <= ${key} AND n.high >= ${key})`

/** The same of the key `:blockKey`. */
export const BANNED = banned(':blockKey')
