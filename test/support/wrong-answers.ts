/** Answers that no right provider gives. */

export const html = () =>
  new Response('<!doctype html><p>Sorry', { headers: { 'content-type': 'text/html' } })
export const large = () =>
  new Response(`{"x":"${'x'.repeat(300 * 1024)}"}`, { headers: { 'content-type': 'application/json' } })
export const endless = () =>
  new Response(
    new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(64 * 1024).fill(32))
      },
    }),
    { headers: { 'content-type': 'application/json' } },
  )
export const broken = () => Response.error()
export const gone = () => Promise.reject(new TypeError('fetch failed'))
export const redirected = () =>
  new Response(null, { status: 302, headers: { location: 'https://evil.example/' } })
