import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { Invite } from './invite.ts'

describe('an invitation', () => {
  const read = (given: unknown) => {
    const { success, output, issues } = v.safeParse(Invite, given)
    return success ? output : issues.map(i => [v.getDotPath(i), i.message])
  }

  test.each([
    [
      { kind: 'email', value: ' Ada@Example.com ' },
      { kind: 'email', value: 'ada@example.com' },
    ],
    [
      { kind: 'domain', value: '@Example.COM' },
      { kind: 'domain', value: 'example.com' },
    ],
    [
      { kind: 'domain', value: 'post.example.com' },
      { kind: 'domain', value: 'post.example.com' },
    ],
    [
      { kind: 'group', value: ' Colour, Grading ' },
      { kind: 'group', value: 'Colour, Grading' },
    ],
  ])('%j is %j', (given, invite) => {
    expect(read(given)).toEqual(invite)
  })

  test.each<[unknown, unknown]>([
    [{ kind: 'email', value: 'ada' }, [['value', 'must be an e-mail address']]],
    [{ kind: 'email', value: '@example.com' }, [['value', 'must be an e-mail address']]],
    [{ kind: 'email', value: 7 }, [['value', 'must be text']]],
    [{ kind: 'domain', value: 'ada@example.com' }, [['value', 'must be a domain such as example.com']]],
    [{ kind: 'domain', value: '@@example.com' }, [['value', 'must be a domain such as example.com']]],
    [{ kind: 'domain', value: '*.example.com' }, [['value', 'must be a domain such as example.com']]],
    [{ kind: 'domain', value: 'com' }, [['value', 'must be a domain such as example.com']]],
    [{ kind: 'group', value: ' ' }, [['value', 'must not be empty']]],
    [{ kind: 'group', value: 'a\nb' }, [['value', 'must be one line without control characters']]],
    [{ kind: 'anyone', value: 'x' }, [['kind', 'must have a kind (email, domain, group) and a value']]],
    [{ value: 'x' }, [['kind', 'must have a kind (email, domain, group) and a value']]],
    [null, [[null, 'must have a kind (email, domain, group) and a value']]],
  ])('%j is refused', (given, issues) => {
    expect(read(given)).toEqual(issues)
  })
})
