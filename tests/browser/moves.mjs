// What people do in the workspace, again and again.

// Opens the address that serve printed; where it leads, no token stands in the address any more.
export async function logIn(browser, server) {
    await browser.page.goto(server.address);
    if (!(await browser.page.locator('header.masthead').count())) throw new Error('not let in');
}

// Does something that ends on another page.
export async function leave(page, step) {
    await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), step()]);
}

// Sets preferences by their names: language, calendar, theme.
export async function choose(browser, preferences) {
    const { page } = browser;
    await page.locator('details.preferences > summary').click();
    for (const [name, value] of Object.entries(preferences))
        await page.locator(`#choose-${name}`).selectOption(value);
    await leave(page, () => page.locator('details.preferences button[type=submit]').click());
}

export async function search(page, words) {
    const field = page.locator('header input[type=search]');
    await field.fill(words);
    await leave(page, () => field.press('Enter'));
}

// 527 as English and as Persian readers write it.
export function written(number, language) {
    return language === 'fa' ? String(number).replace(/\d/g, (d) => '۰۱۲۳۴۵۶۷۸۹'[d]) : String(number);
}

// From the overview, or from its first ledger where an earlier count stands, to the sentence of the
// first figure that shows the number; gives the statement.
export async function openNumber(page, number) {
    const value = page.locator('main a.value', { hasText: number }).first();
    await page.goto(new URL('/', page.url()).href);
    if (!(await value.count()))
        await leave(page, () => page.locator('main a[href^="/figures/"]').first().click());
    await leave(page, () => value.click());
    return statementHere(page);
}

// The statement that the address points at.
export function statementHere(page) {
    return page.locator(`li.statement[id="${new URL(page.url()).hash.slice(1)}"]`);
}

// Waits until the statement has a state: its class, its sign, its word.
export async function becomes(statement, state) {
    await statement.and(statement.page().locator(`.${state}`)).waitFor();
    return statement.locator('.state').first().innerText();
}
