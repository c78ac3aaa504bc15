/** Files that the build puts beside the page under a hashed name: importing one gives its address. */
declare module '*.svg' {
  const address: string
  export default address
}

declare module '*?url' {
  const address: string
  export default address
}

declare module '*.css'
