/** The token of `Authorization: Bearer …`; an empty or other header is none. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(header ?? '')?.[1]
}
