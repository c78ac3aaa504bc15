/**
 * The room `r` of the slug `:slug`, where the link `l` opens it: a link opens the room that it is of, and no other, unless
 * an owner made it one that opens every room. To be joined to links.
 */
export const OPENED = `rooms r ON r.slug = :slug AND (r.id = l.room_id OR l.opens = 'everything')`
