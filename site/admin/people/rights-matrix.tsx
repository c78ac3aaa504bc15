import type { RightsMatrix as Matrix } from '../api/client.ts'
import { t } from '../text.ts'
import { Icon } from '../ui/icon.tsx'

/** What each role may do, as the server has it. */
export function RightsMatrix({ table }: { table: Matrix }) {
  return (
    <section class="card">
      <header>
        <h2>{t.users.matrix}</h2>
      </header>
      <div class="scrollx">
        <table class="rights">
          <thead>
            <tr>
              <th scope="col">{t.users.right}</th>
              {table.roles.map(role => (
                <th key={role} scope="col">
                  {t.users.roles[role].word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rights.map(({ right, says, roles }) => (
              <tr key={right}>
                <th scope="row">
                  {says}
                  <span class="roles">{roles.map(role => t.users.roles[role].word).join(', ')}</span>
                </th>
                {table.roles.map(role => (
                  <td key={role}>
                    <span class="sr">{roles.includes(role) ? t.yes : t.no}</span>
                    {roles.includes(role) ? (
                      <Icon is="check" />
                    ) : (
                      <span class="dim" aria-hidden="true">
                        –
                      </span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
