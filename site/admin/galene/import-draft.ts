import type { FieldError } from '../../../worker/problem.ts'
import type { Fault, Faults } from '../forms/faults.ts'

/** A Galene group as its form holds it: its name there, and what its file says. */
export interface ImportDraft {
  name: string
  text: string
}

/** The server's limits: worker/galene/routes.ts. In characters. */
const LONGEST_NAME = 200

export function importFaults({ name, text }: ImportDraft): Partial<Record<keyof ImportDraft, Fault>> {
  const faults: Partial<Record<keyof ImportDraft, Fault>> = {}
  const long = name.trim().length
  if (long === 0) faults.name = { is: 'empty' }
  else if (long > LONGEST_NAME) faults.name = { is: 'too-long', max: LONGEST_NAME }
  if (text.trim() === '') faults.text = { is: 'empty' }
  else if (definitionIn(text) === undefined) faults.text = { is: 'json' }
  return faults
}

/** The object that a file holds, or undefined. */
export function definitionIn(text: string): object | undefined {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? read : undefined
  } catch {
    return undefined
  }
}

/** A group's name is its file's, without the ending. */
export const nameOfFile = (file: string): string => file.replace(/\.json$/i, '')

/** What the server found wrong: with the name, and within the file, by the keys that lead there. */
export function importRefusal(errors: readonly FieldError[]): { faults: Faults; inFile: string[] } {
  const ofName = errors.find(({ field }) => field === 'name')
  return {
    faults: ofName ? { name: { is: 'said', sentence: ofName.detail } } : {},
    inFile: errors
      .filter(error => error !== ofName)
      .map(({ field, detail }) => {
        const key = field.replace(/^definition\.?/, '')
        return key ? `${key}: ${detail}` : detail
      }),
  }
}
