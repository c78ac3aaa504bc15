import { expect, test } from 'vitest'
import { type Found, findLink } from './find-link.ts'
import { invitation } from './fixture.ts'

const cem = invitation()
const dee = invitation({ id: 'dee', label: 'Dee', url: 'https://sightline.example/r/reel#other' })
const twin = invitation({ id: 'twin', label: 'dee', url: null })
const odd = invitation({ id: 'odd', label: 'twin', url: null })
const links = [cem, dee, twin, odd]

test.each<[string, Found]>([
  [cem.url!, { link: cem }],
  ['https://elsewhere.example/r/reel#s3cret', { link: cem }],
  ['#other', { link: dee }],
  [' dee ', { link: dee }],
  ['cem', { link: cem }],
  // An id comes before a name.
  ['twin', { link: twin }],
  ['DEE', { several: [dee, twin] }],
  ['Eve', 'nobody'],
  ['', 'nobody'],
  ['#', 'nobody'],
  ['https://sightline.example/r/reel#', 'nobody'],
  ['https://sightline.example/r/reel#S3CRET', 'nobody'],
  ['https://sightline.example/r/reel', 'nobody'],
  ['#dee', 'nobody'],
  ['s3cret', 'nobody'],
])('%j means %j', (given, found) => expect(findLink(given, links)).toEqual(found))
