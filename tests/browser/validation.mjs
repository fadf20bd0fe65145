// What html-validate objects to in HTML.

import { HtmlValidate } from 'html-validate';
import { readFileSync } from 'node:fs';

const config = JSON.parse(readFileSync(new URL('htmlvalidate.json', import.meta.url), 'utf8'));
delete config.why;
const validator = new HtmlValidate(config);

export async function complaints(address, html) {
    const report = await validator.validateString(html);
    return report.results
        .flatMap((result) => result.messages)
        .map((m) => `${address} ${m.line}:${m.column} ${m.ruleId}: ${m.message} (${m.selector})`);
}
