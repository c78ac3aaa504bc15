/** A condition for other statements: a host keeps the address with the key `:blockKey` (see blockKey) out of the room `r`. */
export const BANNED = `EXISTS (SELECT 1 FROM bans n
    WHERE n.room_id = r.id AND n.low <= :blockKey AND n.high >= :blockKey)`
