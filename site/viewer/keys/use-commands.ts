import { useEffect, useRef } from 'preact/hooks'
import { type Command, commandOf } from './commands.ts'
import { keysOff } from './keys-off.ts'

/** Runs commands of the keyboard, except while somebody types. */
export function useCommands(run: (command: Command) => boolean): void {
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      // Arrows in a list of people, say, mean that list.
      if (event.defaultPrevented) return
      const typing =
        event.target instanceof Element && event.target.matches('input, textarea, select, [contenteditable]')
      const command = commandOf(
        {
          key: event.key,
          ctrlKey: event.ctrlKey,
          metaKey: event.metaKey,
          altKey: event.altKey,
          repeat: event.repeat,
          typing,
        },
        keysOff.value,
      )
      if (command && latest.current(command)) event.preventDefault()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}
