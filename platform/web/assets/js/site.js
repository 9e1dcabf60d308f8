// Everything here improves pages that work without it.
import { createAll } from 'govuk-frontend/dist/govuk/init.mjs'
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs'
import { CharacterCount } from 'govuk-frontend/dist/govuk/components/character-count/character-count.mjs'
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs'
import { FileUpload } from 'govuk-frontend/dist/govuk/components/file-upload/file-upload.mjs'
import { NotificationBanner } from 'govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs'
import { SkipLink } from 'govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs'
import { keepDrafts } from './drafts.js'
import { watchConnection } from './connection.js'
import { showKept } from './kept.js'
import { fillBallots } from './ballots.js'
import { askToPush } from './push.js'
import { narrowLists } from './narrow.js'
import { copyAtOnce } from './copies.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const part of [Button, CharacterCount, ErrorSummary, FileUpload, NotificationBanner, SkipLink]) {
  createAll(part)
}
keepDrafts()
watchConnection()
showKept()
fillBallots()
askToPush()
narrowLists()
copyAtOnce()
