// In Wagtail's editor: offers the labels of a form's fields, and of their options, where a rule names them.

const list = document.createElement("datalist");
list.id = "rule-names";
const texts = (form, pattern) => [...form.elements].filter((one) => pattern.test(one.name) && one.value);

document.addEventListener("focusin", ({ target }) => {
    const [, stream, own, part] =
        /^(.+?)-(\d+)-value-(?:shown|required)_when-conditions-\d+-value-(field|value)$/.exec(target.name ?? "") ?? [];
    if (!part) return;
    let found = texts(target.form, new RegExp(`^${stream}-\\d+-value-label$`));
    const asksNothing = ({ name }) => /^(step|heading)$/.test(target.form.elements[name.replace(/value-label$/, "type")]?.value);
    if (part === "field") found = found.filter((one) => one.name !== `${stream}-${own}-value-label` && !asksNothing(one));
    else {
        const named = target.form.elements[target.name.replace(/value$/, "field")].value.trim().toLowerCase();
        const block = texts(target.form, new RegExp(`^${stream}-\\d+-value-(label|key)$`))
            .find((one) => one.value.trim().toLowerCase() === named)?.name.replace(/(label|key)$/, "");
        found = block ? texts(target.form, new RegExp(`^${block}options-\\d+-value-label$`)) : [];
    }
    list.replaceChildren(...found.map((one) => new Option(one.value, one.value)));
    document.body.append(list);
    target.setAttribute("list", list.id);
});
