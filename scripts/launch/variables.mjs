/**
 * The names that a configuration is made of, found by watching it being made: what a Worker gets as bindings.
 * @param {(env: NodeJS.ProcessEnv) => unknown} loadConfig
 * @param {NodeJS.ProcessEnv} env
 */
export function variablesOf(loadConfig, env) {
  /** @type {Set<string>} */
  const read = new Set()
  const watched = new Proxy(env, {
    get(target, name) {
      read.add(String(name))
      return target[String(name)]
    },
  })
  loadConfig(watched)
  return [...read]
}
