import type { Session } from '../api/client.ts'

/** Pages that not everybody has. */
export interface Pages {
  people: boolean
  audit: boolean
  settings: boolean
}

/** Which of them somebody's rights open. */
export const pagesFor = (rights: Session['rights']): Pages => ({
  people: rights.includes('users:read') || rights.includes('blocks'),
  audit: rights.includes('audit:read'),
  settings: rights.includes('account'),
})
