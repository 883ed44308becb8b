"""The demonstration in Spanish: each English text and its translation. What is missing here stays untranslated."""

TRANSLATIONS = {
    # Home page
    "Grassroots Action Center": "Centro de Acción Ciudadana",
    "Physicians and patients of Alder speak to the people who make the rules of medicine.": (
        "Médicos y pacientes de Alder hablan con quienes hacen las reglas de la medicina."
    ),
    "Those who write health policy seldom see it at the bedside. You do. Choose an issue, say in your own words what "
    "you have seen, and we find your legislators, deliver your letter and tell you truthfully what became of it.": (
        "Quienes escriben las leyes de salud rara vez las ven junto a la cama del paciente. Usted sí. Elija un tema, "
        "diga con sus propias palabras lo que ha visto, y nosotros buscamos a sus legisladores, entregamos su carta y "
        "le decimos con la verdad qué fue de ella."
    ),
    "You need not be an expert in politics. The training section has four short lessons, and staff of the Society "
    "answer the telephone.": (
        "No hace falta ser experto en política. La sección de formación tiene cuatro lecciones breves, y el personal "
        "de la Sociedad atiende el teléfono."
    ),
    "See the campaigns": "Ver las campañas",
    "Join the Patients’ Action Network": "Únase a la Red de Acción de Pacientes",
    "Current campaigns": "Campañas actuales",
    # Campaign index
    "Campaigns": "Campañas",
    "Pick the issue on which your experience counts, and write to the people who decide.": (
        "Elija el tema en el que su experiencia cuenta y escriba a quienes deciden."
    ),
    # Prior authorization
    "Prior authorization reform": "Reforma de la autorización previa",
    "Care that a physician has ordered should not wait on a fax. Support clear rules and real deadlines.": (
        "La atención que un médico ha indicado no debería esperar un fax. Apoye reglas claras y plazos de verdad."
    ),
    "Every hour spent on a form is an hour taken from a patient, and every day of waiting is the patient’s.": (
        "Cada hora dedicada a un formulario se le quita a un paciente, y cada día de espera lo espera el paciente."
    ),
    "Insurers may ask for approval before they pay for a test, a medicine or an operation. Used with care, that "
    "protects patients. Used by habit, it delays treatment that is nearly always approved in the end.": (
        "Las aseguradoras pueden exigir una aprobación antes de pagar una prueba, un medicamento o una operación. "
        "Usada con cuidado, protege a los pacientes. Usada por costumbre, retrasa tratamientos que al final casi "
        "siempre se aprueban."
    ),
    "The reform bill sets an answer within one working day for urgent care and three for the rest, lets an approval "
    "follow a patient who changes plans, and exempts physicians whose requests are almost always granted.": (
        "El proyecto de reforma fija una respuesta en un día hábil para la atención urgente y en tres para el resto, "
        "permite que la aprobación acompañe al paciente que cambia de plan y exime a los médicos cuyas solicitudes "
        "casi siempre se conceden."
    ),
    "13 hours": "13 horas",
    "a week per physician spent on requests, in our sample survey": (
        "por semana dedica cada médico a las solicitudes, según nuestra encuesta de muestra"
    ),
    "9 in 10": "9 de cada 10",
    "requests in the sample were approved in the end": "solicitudes de la muestra se aprobaron al final",
    "6 days": "6 días",
    "median wait for an answer that was not urgent": "de espera mediana para una respuesta no urgente",
    "She asked me whether she should start saving pills. That is not a question about medicine.": (
        "Me preguntó si debía empezar a guardar pastillas. Esa no es una pregunta de medicina."
    ),
    "Rheumatologist, Stonebridge": "Reumatólogo, Stonebridge",
    "Does the bill end prior authorization?": "¿El proyecto elimina la autorización previa?",
    "No. It ends delays without a reason: it sets deadlines, asks for the clinical ground of a denial, and spares "
    "treatments that are always approved.": (
        "No. Elimina las demoras sin motivo: fija plazos, pide la razón clínica de cada rechazo y deja en paz los "
        "tratamientos que siempre se aprueban."
    ),
    "Why does a committee get a copy?": "¿Por qué recibe una copia una comisión?",
    "The Joint Committee on Health Insurance is drafting the final text and has asked to hear from practices.": (
        "La Comisión Conjunta de Seguros de Salud redacta el texto final y ha pedido escuchar a los consultorios."
    ),
    "Campaign opens": "Comienza la campaña",
    "Practices begin to send the Society a month of their requests.": (
        "Los consultorios empiezan a enviar a la Sociedad sus solicitudes de un mes."
    ),
    "Redraft published": "Se publica una nueva redacción",
    "The committee’s redraft keeps the deadlines and drops the reporting.": (
        "La nueva redacción de la comisión mantiene los plazos y suprime los informes."
    ),
    "Tell the legislature what waiting does": "Dígale a la legislatura lo que causa la espera",
    "Your representative and the committee that drafts the bill should hear it from you.": (
        "Su representante y la comisión que redacta el proyecto deben oírlo de usted."
    ),
    "Sample figures, invented for this demonstration": "Cifras de muestra, inventadas para esta demostración",
    "The committee counts practices, not only letters. Ask a colleague in another district to write.": (
        "La comisión cuenta consultorios, no solo cartas. Pida a un colega de otro distrito que escriba."
    ),
    # Patients' Action Network
    "Patients’ Action Network": "Red de Acción de Pacientes",
    "For everybody who has waited, paid too much or gone without care, and for those who stood beside them.": (
        "Para quienes han esperado, han pagado de más o se han quedado sin atención, y para quienes los acompañaron."
    ),
    "Doctors can describe what a rule does. Only patients can say what it is like. The network brings both to the "
    "legislature: you tell us what happened, and your own senator and representative read it.": (
        "Los médicos pueden describir lo que hace una regla. Solo los pacientes pueden decir cómo se vive. La red "
        "lleva ambas cosas a la legislatura: usted cuenta lo que pasó, y lo leen su senador y su representante."
    ),
    "Taking part costs nothing and binds you to nothing. Your address is used to find your legislators and appears in "
    "your letter to them, because offices answer only the people they represent. It goes to nobody else.": (
        "Participar no cuesta nada y no le compromete a nada. Su dirección sirve para encontrar a sus legisladores y "
        "aparece en la carta que reciben, porque las oficinas solo responden a las personas que representan. No va a "
        "nadie más."
    ),
    "Tell your legislators what waiting for care was like": "Cuente a sus legisladores cómo fue esperar su atención",
    "You do not need to know the bill’s number. Say what happened, and your senator and your representative will read "
    "it.": (
        "No necesita saber el número del proyecto de ley. Diga lo que pasó, y lo leerán su senador y su representante."
    ),
    "Thank you for speaking up. What you wrote goes to your legislators and to nobody else.": (
        "Gracias por alzar la voz. Lo que escribió va a sus legisladores y a nadie más."
    ),
    # Find your legislators
    "Find your legislators": "Encuentre a sus legisladores",
    "find-your-legislators": "encuentre-a-sus-legisladores",
    "Who speaks for you in the State House of Alder and in Congress: names, offices and telephone numbers.": (
        "Quién habla por usted en el Capitolio de Alder y en el Congreso: nombres, oficinas y teléfonos."
    ),
    "Districts follow streets, not ZIP codes: in Birchfield two neighbors can have different representatives. Where we "
    "are not sure, we show you why and ask you.": (
        "Los distritos siguen las calles, no los códigos postales: en Birchfield dos vecinos pueden tener "
        "representantes distintos. Cuando no estamos seguros, le mostramos por qué y le preguntamos."
    ),
    "The address is compared with maps and street lists that this site holds itself, and is not kept.": (
        "La dirección se compara con mapas y listas de calles que este sitio tiene en su propio servidor, y no se "
        "guarda."
    ),
    "Who speaks for you?": "¿Quién habla por usted?",
    "Your street address tells who represents you. It is used for this look-up only.": (
        "Su dirección dice quién le representa. Se usa solo para esta búsqueda."
    ),
    # Form fields
    "Your name": "Su nombre",
    "E-mail address": "Correo electrónico",
    "Your home address": "Su dirección particular",
    "Your specialty": "Su especialidad",
    "What have you seen?": "¿Qué ha visto usted?",
    "What happened?": "¿Qué pasó?",
    "Two or three sentences in your own words. Leave out anything that could identify a patient.": (
        "Dos o tres frases con sus propias palabras. Omita todo lo que pudiera identificar a un paciente."
    ),
    "In your own words. Share only what you are content for your legislators’ offices to read.": (
        "Con sus propias palabras. Comparta solo lo que acepta que lean las oficinas de sus legisladores."
    ),
    "We send your receipt here, and offices reply to it.": "Aquí enviamos su comprobante y responden las oficinas.",
    "Offices answer the people they represent, so your letter carries your address.": (
        "Las oficinas responden a quienes representan; por eso su carta lleva su dirección."
    ),
    "Keep me informed about this campaign by e-mail. I can stop at any time.": (
        "Infórmenme por correo electrónico sobre esta campaña. Puedo dejar de recibirlo cuando quiera."
    ),
    "Send my letter with my name and address to the offices shown on the next page.": (
        "Envíen mi carta con mi nombre y dirección a las oficinas que se muestran en la página siguiente."
    ),
    "Family medicine": "Medicina familiar",
    "Internal medicine": "Medicina interna",
    "Pediatrics": "Pediatría",
    "Psychiatry": "Psiquiatría",
    "Emergency medicine": "Medicina de urgencias",
    "Surgery": "Cirugía",
    "Another field": "Otra especialidad",
    # Addresses, headings and pictures
    "home": "inicio",
    "campaigns": "campanas",
    "prior-authorization": "autorizacion-previa",
    "write-about-prior-authorization": "escriba-sobre-la-autorizacion-previa",
    "patients": "pacientes",
    "tell-your-legislators": "cuente-a-sus-legisladores",
    "Learn to be heard": "Aprenda a hacerse oír",
    "Together so far": "Juntos hasta hoy",
    "Questions": "Preguntas",
    "What has happened": "Lo que ha pasado",
    "Ask a colleague to write too": "Pida a un colega que también escriba",
    "Other campaigns": "Otras campañas",
    "News": "Noticias",
    "Drawing of a domed state house on a hill at dawn": "Dibujo de un capitolio con cúpula en una colina al amanecer",
    "Drawing of a tall pile of paper forms beside a clock": "Dibujo de una pila alta de formularios junto a un reloj",
    # Header and footer
    "Physicians and patients, heard where it counts.": "Médicos y pacientes, escuchados donde importa.",
    "Take action": "Actúe",
    "The Alder Medical Society is an invented society in an invented state. Nobody real is written to from here.": (
        "La Alder Medical Society es una sociedad inventada en un estado inventado. "
        "Desde aquí no se escribe a nadie real."
    ),
    # The letters themselves stay in English: the offices of Alder work in it.
}
